"""A ledger as a notebook shows it: the source balance in words and a table of the statements."""

from functools import cache
from importlib.resources import files

from inquit.exports import wording
from inquit.exports.excerpts import pieces, quoted, short_name, shorten
from inquit.exports.markup import Markup, join, tag
from inquit.records import Ledger, Quotation

_QUOTE = 240
"""Characters of a quote that a row shows."""


def to_notebook(ledger: Ledger) -> str:
    """A fragment of HTML in the notebook's own colours; its style touches nothing outside it."""
    first, *rest = wording.sentences(ledger.summary)
    parts = [tag("style", Markup(_sheet()))]
    parts.append(
        tag("p", " · ".join([wording.heading(ledger.article), *wording.byline(ledger.article)]), class_="about")
    )
    parts.append(tag("p", first, class_="lead"))
    if rest:
        parts.append(tag("p", " ".join(rest)))
    if ledger.quotations:
        head = tag("tr", *(tag("th", words, scope="col") for words in ("", "Statement", "On whose word", "How")))
        against = wording.disputed_by(ledger)
        rows = [
            _row(ledger, quotation, place, list(against.get(quotation.id, {})))
            for place, quotation in enumerate(ledger.quotations, 1)
        ]
        parts.append(tag("div", tag("table", tag("thead", head), tag("tbody", *rows)), class_="scroll"))
    return tag("div", *parts, class_="inquit-ledger")


def _row(ledger: Ledger, quotation: Quotation, place: int, against: list[str]) -> Markup:
    quote = shorten(quoted(ledger.article, quotation), _QUOTE)
    language = ledger.article.language
    how = [wording.TYPES[quotation.type]]
    if quotation.stance != "assert":
        how.append(wording.STANCES[quotation.stance])
    if hedges := pieces(ledger.article, quotation.hedges):
        how.append(f"hedged: {', '.join(hedges)}")
    if quotation.confidence < wording.LOW_CONFIDENCE:
        how.append(f"unsure, confidence {quotation.confidence:.2f}")
    if against:
        how.append(f"✕ disputed by {wording.listed(against)}")
    cells = [
        tag("td", str(place)),
        tag("td", quote, lang=language),
        tag("td", _who(ledger, quotation)),
        tag("td", " · ".join(how), class_="how"),
    ]
    return tag("tr", *cells)


def _who(ledger: Ledger, quotation: Quotation) -> Markup:
    if not quotation.chain:
        return join([" ".join(pieces(ledger.article, quotation.speaker)) or wording.NO_SOURCE])
    primary = quotation.chain[-1]
    unnamed = primary.naming != "named"
    parts: list[str] = [tag("b", short_name(primary.name), class_="unnamed" if unnamed else None)]
    parts += [f", {wording.NAMINGS[primary.naming]}"] if unnamed else []
    if through := wording.whose_word(quotation.chain):
        parts.append(f", {through}")
    return join(parts)


@cache
def _sheet() -> str:
    return (files(__package__) / "notebook.css").read_text("utf-8")
