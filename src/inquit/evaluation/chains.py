"""Sources against gold: chains, kind, naming, stance, hedges, disputes and supports.

A gold quotation is matched to the read one with the highest overlap in characters, at least half, each used once.
Every accuracy is over all gold quotations: one that was not read is wrong.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from inquit.evaluation.figures import ChainFigures, Score, counted
from inquit.evaluation.gold import GoldArticle, GoldQuotation
from inquit.languages import Language
from inquit.records import Ledger, Quotation, Source, Spans

PAIRED = 0.5
"""Overlap in characters (F1) from which two quotations are the same one, by the definition of the scoring."""

SHORT_WORD = 4
"""Letters up to which a word of a name is compared as it stands, by the definition of the scoring."""

_COUNTED = ("found", "speaker", "chain", "chain2+", "kind", "naming", "stance", "stance_other")
_WORD = re.compile(r"[\w&]+")

SameName = Callable[[str | None, str | None], bool]


@dataclass(slots=True)
class _Counts:
    """Hits and totals over all articles; of hits, proposed and gold for what is found by F1."""

    hits: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTED, 0))
    totals: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTED, 0))
    hedges: list[int] = field(default_factory=lambda: [0, 0, 0])
    disputes: list[int] = field(default_factory=lambda: [0, 0, 0])
    supports: list[int] = field(default_factory=lambda: [0, 0, 0])
    proposed: int = 0

    def add(self, name: str, hit: bool) -> None:
        """Count one answer."""
        self.hits[name] += hit
        self.totals[name] += 1


def chain_figures(pairs: Sequence[tuple[GoldArticle, Ledger]], language: Language) -> ChainFigures:
    """The figures over articles whose gold has chains."""
    counts = _Counts()
    same = name_comparison(language)
    for gold, ledger in pairs:
        _count_article(gold, ledger, same, counts)
    accuracy = {
        name: round(100 * counts.hits[name] / counts.totals[name], 1) if counts.totals[name] else None
        for name in _COUNTED
    }
    return ChainFigures(
        gold=counts.totals["found"],
        proposed=counts.proposed,
        accuracy=accuracy,
        hedges=_score(counts.hedges),
        disputes=_score(counts.disputes),
        supports=_score(counts.supports),
    )


def _score(counts: list[int]) -> Score:
    """F1 from hits, proposed and gold, with one digit."""
    return counted(counts[0], counts[1], counts[2], digits=1)


def _count_article(gold: GoldArticle, ledger: Ledger, same: SameName, counts: _Counts) -> None:
    """Count the answers of one article."""
    counts.proposed += len(ledger.quotations)
    found = _match(gold.quotations, ledger.quotations)
    for one in gold.quotations:
        _count_quotation(one, found.get(one.id), same, counts)
    theirs = sorted({span for one in gold.quotations for span in one.hedges or ()})
    ours = sorted({span for one in ledger.quotations for span in one.hedges})
    counts.hedges[0] += sum(any(b < end and e > begin for begin, end in ours) for b, e in theirs)
    counts.hedges[1] += len(ours)
    counts.hedges[2] += len(theirs)
    back = {read.id: number for number, read in found.items()}
    for name, edges in (("disputes", counts.disputes), ("supports", counts.supports)):
        want = {(one.id, target) for one in gold.quotations for target in getattr(one, name) or ()}
        have = {(back.get(one.id), back.get(target)) for one in ledger.quotations for target in getattr(one, name)}
        edges[0] += len(want & have)
        edges[1] += len(have)
        edges[2] += len(want)


def _count_quotation(gold: GoldQuotation, read: Quotation | None, same: SameName, counts: _Counts) -> None:
    """Count the answers of one gold quotation."""
    chain = gold.chain or ()
    ours = read.chain if read else ()
    counts.add("found", read is not None)
    counts.add("speaker", read is not None and _same_primary(chain, ours, same))
    equal = read is not None and len(chain) == len(ours)
    equal = equal and all(same(a.name, b.name) for a, b in zip(chain, ours, strict=True))
    counts.add("chain", equal)
    if len(chain) > 1:
        counts.add("chain2+", equal)
    if chain:
        counts.add("kind", bool(ours) and ours[-1].kind == chain[-1].kind)
        counts.add("naming", bool(ours) and ours[-1].naming == chain[-1].naming)
    stance = read is not None and read.stance == gold.stance
    counts.add("stance", stance)
    if gold.stance != "assert":
        counts.add("stance_other", stance)


def _same_primary(gold: Sequence[Source], read: Sequence[Source], same: SameName) -> bool:
    """Whether both chains end in the same source, or both are empty."""
    if gold and read:
        return same(gold[-1].name, read[-1].name)
    return not gold and not read


def _match(gold: Sequence[GoldQuotation], read: Sequence[Quotation]) -> dict[int, Quotation]:
    """Id of each matched gold quotation to the read one, the best overlaps first."""
    theirs, ours = [_covered(one.quote) for one in gold], [_covered(one.quote) for one in read]
    pairs = sorted(((_overlap(a, b), i, j) for i, a in enumerate(theirs) for j, b in enumerate(ours)), reverse=True)
    used_gold: set[int] = set()
    used_read: set[int] = set()
    out = {}
    for common, i, j in pairs:
        if common >= PAIRED and i not in used_gold and j not in used_read:
            used_gold.add(i)
            used_read.add(j)
            out[gold[i].id] = read[j]
    return out


def _covered(spans: Spans) -> set[int]:
    """The characters of spans."""
    return {at for begin, end in spans for at in range(begin, end)}


def _overlap(some: set[int], others: set[int]) -> float:
    """F1 of two sets of characters, 0 to 1."""
    both = len(some & others)
    return 2 * both / (len(some) + len(others)) if both else 0.0


def name_comparison(language: Language) -> SameName:
    """A function that tells whether two names are the same.

    They are when they agree without articles, titles, quotation marks, case endings and capitals, or when one is the
    other's last words (a surname, the short form of a body).
    """
    table = language.table("scoring")
    dropped = frozenset(table["dropped"])
    ending = re.compile(f"({'|'.join(table['endings'])})$")

    def words(name: str | None) -> list[str]:
        found = _WORD.findall((name or "").casefold().replace("ß", "ss"))
        kept = [word for word in found if word not in dropped]
        return [ending.sub("", word) if len(word) > SHORT_WORD else word for word in kept]

    def same(name: str | None, other: str | None) -> bool:
        a, b = words(name), words(other)
        if not a or not b:
            return a == b
        short, long = sorted((a, b), key=len)
        return a == b or long[-len(short) :] == short or (len(short) >= 2 and set(short) <= set(long))

    return same
