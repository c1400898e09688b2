"""Records in plain words: the labels of the vocabulary as people read them, and the source balance in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from inquit.exports.excerpts import LONGEST_TITLE, line, short_name, shorten
from inquit.records import Article, Dispute, Kind, Ledger, Medium, Naming, PrimarySource, Source, Stance, Summary, Type

TYPES: Mapping[Type, str] = {
    "Direct": "direct",
    "Indirect": "indirect",
    "Reported": "reported",
    "FreeIndirect": "free indirect",
    "IndirectFreeIndirect": "indirect free indirect",
}
MEDIA: Mapping[Medium, str] = {
    "Speech": "speech",
    "Thought": "thought",
    "Writing": "writing",
    "SW": "speech or writing",
    "ST": "speech or thought",
    "TW": "thought or writing",
    "none": "no medium",
}
STANCES: Mapping[Stance, str] = {
    "assert": "asserts",
    "confirm": "confirms",
    "deny": "denies",
    "demand": "demands",
    "commit": "commits",
    "doubt": "doubts",
}
NAMINGS: Mapping[Naming, str] = {"named": "named", "described": "described only", "anonymous": "anonymous"}
KINDS: Mapping[Kind, str] = {
    "person": "person",
    "organization": "organization",
    "outlet": "outlet",
    "group": "group",
    "document": "document",
}

LOW_CONFIDENCE = 0.5
"""Below this a statement is shown as unsure: more likely wrong than right in quote, speaker or type. Set by the
meaning of `confidence`, a probability, not on data."""

LEADING_SHARE = 0.4
"""From this share of all statements on, the first sentence of the balance speaks of one source alone. Set by reading
balances of the project's own stories; below it two other sources can say as much."""

NO_SOURCE = "no source in the text"
_DISPUTES_TOLD = 2
_NAMES_TOLD = 3
_UNKNOWN = "an unknown source"


def count(number: int, word: str, words: str | None = None) -> str:
    """`1 statement`, `2 statements`."""
    return f"{number} {word if number == 1 else words or word + 's'}"


def percent(share: float) -> str:
    """A share from 0 to 1 as people write it."""
    return f"{share * 100:.0f}%"


def listed(names: Sequence[str]) -> str:
    """`A, B and C`; from the fourth on they are counted."""
    told = [short_name(one) for one in names[:_NAMES_TOLD]]
    if len(names) > _NAMES_TOLD:
        told.append(count(len(names) - _NAMES_TOLD, "other"))
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}" if told else ""


def heading(article: Article) -> str:
    """What an article is called: its title, else its first line, else where it came from."""
    candidates = map(line, (article.title or "", *_first_lines(article), article.origin, "Article"))
    return shorten(next(filter(None, candidates)), LONGEST_TITLE)


def outlet(article: Article) -> str | None:
    """The outlet of an article, or the site it comes from."""
    if article.outlet:
        return short_name(article.outlet)
    try:
        host = urlsplit(article.url or "").hostname
    except ValueError:
        return None
    return short_name(host.removeprefix("www.")) if host else None


def byline(article: Article) -> list[str]:
    """Outlet, date, authors and credits, as far as they are known."""
    published = line((article.published or "").replace("T", " ", 1))[:16]
    parts = [outlet(article), published, listed(article.authors), listed(article.credits)]
    return [part for part in parts if part]


def whose_word(chain: Sequence[Source]) -> str:
    """The sources through which the primary source is known, innermost first; empty where it speaks directly."""
    told = [
        f"{'through' if source.kind == 'outlet' else 'on the word of'} {short_name(source.name)}"
        for source in reversed(chain[:-1])
    ]
    return ", ".join(told)


def lead(summary: Summary) -> str:
    """The first sentence of the source balance."""
    if not summary.statements:
        return "No statements were found in this article."
    everything = count(summary.statements, "statement")
    if not summary.primary_sources:
        return f"{everything} with no source in the text."
    top = max(summary.primary_sources, key=lambda source: len(source.statements))
    resting = len(top.statements)
    if resting < summary.statements * LEADING_SHARE:
        sources = count(len(summary.primary_sources), "primary source")
        return f"{everything}, {sources}. The one with most, {_who(top)}, has {resting}."
    if summary.statements == 1:
        part = "The only statement rests"
    elif resting == summary.statements:
        part = f"All {everything} rest"
    else:
        part = f"{resting} of {everything} {'rests' if resting == 1 else 'rest'}"
    through = f", known only through {listed(top.through)}" if top.through else ""
    return f"{part} on {_who(top)}{through}."


def disputed(summary: Summary) -> str:
    """Whose statements are disputed, and by whom, in a sentence; empty where nobody disputes anything."""
    against: dict[str, list[Dispute]] = {}
    for dispute in summary.disputes:
        against.setdefault(_name(dispute.against), []).append(dispute)
    told = []
    for source, found in sorted(against.items(), key=lambda item: -len({dispute.disputed for dispute in item[1]})):
        number = count(len({dispute.disputed for dispute in found}), "statement")
        told.append(f"{number} of {source}, by {listed(list(dict.fromkeys(_name(dispute.by) for dispute in found)))}")
    if len(told) > _DISPUTES_TOLD:
        told[_DISPUTES_TOLD:] = [f"and {count(len(told) - _DISPUTES_TOLD, 'more source', 'more sources')}"]
    return f"Disputed: {'; '.join(told)}." if told else ""


def shares(summary: Summary) -> str:
    """What rests on unnamed sources, is relayed, or has no source; empty where none does."""
    parts = [
        (summary.unnamed_share, "rest on unnamed sources"),
        (summary.relayed_share, "are known only through another medium"),
        (summary.unsourced_share, "have no source in the text"),
    ]
    told = [f"{percent(share)} {words}" for share, words in parts if share > 0]
    if not told or summary.statements < 2:
        return ""
    joined = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
    return f"Of all statements, {joined}."


def sentences(summary: Summary) -> list[str]:
    """The source balance in plain sentences, the most telling first."""
    return [found for found in (lead(summary), disputed(summary), shares(summary)) if found]


def disputed_by(ledger: Ledger) -> dict[int, dict[str, list[int]]]:
    """For each disputed quotation, by id: the names of the primary sources against it, each with its quotations."""
    against: dict[int, dict[str, list[int]]] = {}
    for quotation in ledger.quotations:
        by = short_name(quotation.chain[-1].name) if quotation.chain else _UNKNOWN
        for other in quotation.disputes:
            against.setdefault(other, {}).setdefault(by, []).append(quotation.id)
    return against


def _who(source: PrimarySource) -> str:
    """A primary source in a sentence, with the weight of its not being named."""
    if source.naming == "named":
        return short_name(source.name)
    return f"one {'unnamed source' if source.kind != 'document' else 'unnamed document'} (“{short_name(source.name)}”)"


def _name(known: str | None) -> str:
    return short_name(known) if known else _UNKNOWN


def _first_lines(article: Article) -> Iterator[str]:
    """The first lines without furniture; more than a few say nothing of what the article is called."""
    at = 0
    for _ in range(20):
        end = article.text.find("\n", at)
        end = len(article.text) if end < 0 else end
        shown, begin = "", at
        for span in sorted(article.furniture):
            if begin < span.end and span.begin < end:
                shown += article.text[begin : max(begin, span.begin)]
                begin = min(end, span.end)
        yield shown + article.text[begin:end]
        at = end + 1
        if at >= len(article.text):
            return
