"""What people say of quotations, applied to them: corrections, and gold to learn from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from inquit import sources
from inquit.errors import UnknownIdError, UsageError
from inquit.ledger import Ledger
from inquit.records import KINDS, Article, KeptArticle, Kind, Quotation, Source, Span

_MOST_RELAYS = 8
"""Links between an article and a primary source; real chains have one or two."""


@dataclass(frozen=True, slots=True)
class Relay:
    """Through whom a statement came, in words of the article; a `kind` of `None` is as it was, or else an outlet."""

    name: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """How a quotation should be; `None` leaves a field as it is. `quote` are character offsets.

    `relays` are all links of the chain before the primary source, the outermost first; none where it is empty.
    """

    type: str | None = None
    medium: str | None = None
    stance: str | None = None
    speaker: str | None = None
    kind: str | None = None
    naming: str | None = None
    quote: tuple[Span, ...] | None = None
    relays: tuple[Relay, ...] | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, name) is not None for name in self.__dataclass_fields__)


def quotation_id(text: str) -> tuple[str, int]:
    """Article and number of a quotation's id, `ARTICLE:N`."""
    article, _, number = text.rpartition(":")
    if not article or not number.isdecimal():
        raise UnknownIdError(f"{text} is not the id of a quotation, such as 3f2a9c01d4e5b677:4")
    return article, int(number)


def gold(kept: KeptArticle, held: set[int]) -> Ledger:
    """The quotations that a person holds for right; references to others go."""
    quotations = tuple(
        replace(
            q,
            parent=q.parent if q.parent in held else None,
            disputes=tuple(i for i in q.disputes if i in held),
            supports=tuple(i for i in q.supports if i in held),
            confidence=1.0,
            why=(),
        )
        for q in kept.quotations
        if q.id in held
    )
    return Ledger(article=kept.article, quotations=quotations, summary=sources.balance(kept.article, quotations))


def corrected(article: Article, quotation: Quotation, correction: Correction) -> Quotation:
    """The quotation as it should be; raises `UsageError` where the article cannot bear that out."""
    fields: dict[str, Any] = {
        name: getattr(correction, name)
        for name in ("type", "medium", "stance", "quote")
        if getattr(correction, name) is not None
    }
    if any(not 0 <= begin < end <= len(article.text) for begin, end in fields.get("quote", ())):
        raise UsageError(f"the quote lies outside the article, which has {len(article.text)} characters")
    fixed = replace(quotation, **fields)
    fixed = _with_primary(article, fixed, correction)
    if correction.relays is None:
        return fixed
    if not fixed.chain:
        raise UsageError("the quotation has no source; say who it is with --speaker")
    return replace(fixed, chain=(*_relays(article, fixed, correction.relays), fixed.chain[-1]))


def _with_primary(article: Article, fixed: Quotation, correction: Correction) -> Quotation:
    """The quotation with its primary source as it should be."""
    if correction.speaker is None and correction.kind is None and correction.naming is None:
        return fixed
    primary = fixed.chain[-1] if fixed.chain else None
    changes: dict[str, Any] = {n: getattr(correction, n) for n in ("kind", "naming") if getattr(correction, n)}
    if correction.speaker is not None:
        mention = _nearest(article.text, correction.speaker, fixed.quote[0].begin)
        fixed = replace(fixed, speaker=(mention,))
        changes |= {"mention": mention, "name": correction.speaker}
        primary = primary or Source(mention=mention, name=correction.speaker, kind="person", naming="named")
    if primary is None:
        raise UsageError("the quotation has no source; say who it is with --speaker")
    return replace(fixed, chain=(*fixed.chain[:-1], replace(primary, **changes)))


def _relays(article: Article, quotation: Quotation, wanted: Sequence[Relay]) -> tuple[Source, ...]:
    """The links before the primary source; those that are there already stay as they are."""
    if len(wanted) > _MOST_RELAYS:
        raise UsageError(f"a chain has at most {_MOST_RELAYS} relays")
    known = {link.name: link for link in quotation.chain[:-1]}
    found: list[Source] = []
    for relay in wanted:
        link = known.get(relay.name)
        if link is None:
            mention = _nearest(article.text, relay.name, quotation.quote[0].begin)
            link = Source(mention=mention, name=relay.name, kind="outlet", naming="named")
        found.append(replace(link, kind=relay.kind) if relay.kind else link)
    return tuple(found)


def relay(text: str) -> Relay:
    """The relay that `NAME` or `NAME:KIND` means."""
    name, _, last = text.rpartition(":")
    for kind in KINDS:
        if name and last.strip() == kind:
            return Relay(name.strip(), kind)
    return Relay(text.strip())


def _nearest(text: str, name: str, at: int) -> Span:
    """The place nearest to `at` where the text says `name`."""
    if not name.strip():
        raise UsageError("a source has no name")
    begins = [begin for begin in (text.find(name, at), text.rfind(name, 0, at)) if begin >= 0]
    if not begins:
        raise UsageError(f"the article does not say {name!r}; name the source in its words")
    begin = min(begins, key=lambda one: (abs(one - at), one))
    return Span(begin, begin + len(name))
