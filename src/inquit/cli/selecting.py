"""Which statements are exported: the filters of `inquit search`, asked of one article after the other.

A search looks into the index and holds its hits in memory; here every article passes by once, however many there are.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from inquit import sources
from inquit.errors import UsageError
from inquit.exports.selection import Selection
from inquit.records import Article, Ledger, Quotation, SearchQuery
from inquit.store.folding import words
from inquit.store.searching import SHORTEST_BEGINNING, parse
from inquit.store.statements import LONGEST_QUOTE, outlet_name, quoted
from inquit.store.times import last_minute, minute

_Condition = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is exported: all that is given must hold. `source` is the id that `query.speaker` is, if it is one."""

    query: SearchQuery
    source: str | None = None
    min_confidence: float = 0.0

    def __post_init__(self) -> None:
        for name, at in (("since", minute), ("until", last_minute)):
            value = getattr(self.query, name)
            if value is not None and at(value) is None:
                raise UsageError(f"{name} is {value!r}, not a date or time such as 2025-09-10 or 2025-09-10T05:30")
        for name in ("words", "outlet", "speaker"):
            value = getattr(self.query, name)
            if value and not words(value):
                raise UsageError(f"{name} is {value!r}, which has no letters")

    def __bool__(self) -> bool:
        return self.query != SearchQuery() or self.min_confidence > 0.0

    def select(self, selections: Iterable[Selection]) -> Iterator[Selection]:
        """The selections with the statements that fulfil the filter; those without any are left out."""
        if not self:
            yield from selections
            return
        saying = _saying(self.query.words)
        for selection in selections:
            if self._holds_for(selection.ledger.article):
                chosen = frozenset(self._chosen(selection, saying))
                if chosen:
                    yield replace(selection, chosen=chosen)

    def _holds_for(self, article: Article) -> bool:
        query = self.query
        if query.outlet is not None and not _named(query.outlet, outlet_name(article)):
            return False
        at = minute(article.published)
        since = None if query.since is None else minute(query.since)
        until = None if query.until is None else last_minute(query.until)
        if at is None:  # as in a search, an article without a time is later than nothing and earlier than nothing
            return since is None and until is None
        return (since is None or at >= since) and (until is None or at <= until)

    def _chosen(self, selection: Selection, saying: _Condition) -> Iterator[int]:
        against = selection.disputed_by()
        for quotation in selection.ledger.quotations:
            if (
                quotation.confidence >= self.min_confidence
                and (self.query.disputed is None or (quotation.id in against) == self.query.disputed)
                and self._labelled(quotation, selection)
                and self._spoken(quotation, selection)
                and (not self.query.words or saying(quoted(selection.ledger.article, quotation)[:LONGEST_QUOTE]))
            ):
                yield quotation.id

    def _labelled(self, quotation: Quotation, selection: Selection) -> bool:
        verdict = selection.verdicts.get(quotation.id)
        naming = quotation.chain[-1].naming if quotation.chain else None
        return all(
            wanted is None or wanted == found
            for wanted, found in (
                (self.query.type, quotation.type),
                (self.query.stance, quotation.stance),
                (self.query.naming, naming),
                (self.query.judged, verdict and verdict.judgement),
            )
        )

    def _spoken(self, quotation: Quotation, selection: Selection) -> bool:
        if self.source is not None:
            return selection.sources.get(quotation.id) == self.source
        if self.query.speaker is None:
            return True
        return bool(quotation.chain) and _named(self.query.speaker, quotation.chain[-1].name)


def restricted(selection: Selection) -> Selection:
    """The same with a ledger that has only what is exported, for a format that is a whole ledger.

    References to statements left out go, and the balance is of what stays; what a person calls wrong stays, but does
    not count in the balance.
    """
    kept = {q.id for q in selection.statements()}
    held = {q.id for q in selection.held()}
    everything = len(kept) == len(selection.ledger.quotations)
    if everything and len(held) == len(kept):
        return selection
    parents = {q.id: q.parent for q in selection.ledger.quotations}
    quotations = tuple(
        replace(
            q,
            parent=_nearest(q.parent, parents, kept),
            disputes=tuple(other for other in q.disputes if other in kept),
            supports=tuple(other for other in q.supports if other in kept),
        )
        for q in selection.statements()
    )
    article = selection.ledger.article
    balance = sources.balance(article, tuple(q for q in quotations if q.id in held))
    return replace(selection, ledger=Ledger(article=article, quotations=quotations, summary=balance), chosen=None)


def _nearest(parent: int | None, parents: dict[int, int | None], kept: set[int]) -> int | None:
    """The innermost statement that is kept around one; a circle of parents has none."""
    seen: set[int] = set()
    while parent is not None and parent not in kept and parent not in seen:
        seen.add(parent)
        parent = parents.get(parent)
    return parent if parent in kept else None


def _named(wanted: str, name: str | None) -> bool:
    """Whether each word asked for is a word of the name, or the beginning of one if it is long enough."""
    found = words(name or "")
    return all(
        any(one.startswith(word) if len(word) >= SHORTEST_BEGINNING else one == word for one in found)
        for word in words(wanted)
    )


def _saying(asked: str) -> _Condition:
    """Whether a text has all words and phrases asked for."""
    phrases = [(f" {' '.join(one.words)}{'' if one.prefix else ' '}") for one in parse(asked)]

    def holds(text: str) -> bool:
        folded = f" {' '.join(words(text))} "
        return all(phrase in folded for phrase in phrases)

    return holds
