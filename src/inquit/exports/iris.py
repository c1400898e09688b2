"""Names for articles, statements and sources that stay the same, for files that other programs join."""

from collections import Counter
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from inquit.records import Article, Ledger, Quotation, Span

TERMS = "urn:inquit:terms:"
"""Namespace of what no standard vocabulary has a word for: stance, naming, hedges."""

SOFTWARE = "urn:inquit:software"
"""Names Inquit itself, as the one that found the statements."""

LONGEST_EXACT = 200
"""Characters of a quote up to which a link names all of it; of a longer one only its first and last words."""

SHORTEST_EXACT = 20
"""Characters below which a quote may well stand in an article twice, so that a link names the words before it too."""

_ENDS, _BEFORE = 5, 3  # words of a long quote's beginning and end, and before a short one
_AROUND = 200  # characters in which those words are looked for
_KEPT = "!#$%&'()*+,/:;=?@[]~"  # what a URL may have besides letters, digits and "_.-"


def article_iri(article: Article) -> str:
    """The article's URL where it has one on the web, else the name of its content."""
    return web_address(article.url) or content_iri(article)


def content_iri(article: Article) -> str:
    """The name of exactly this text; an article that its outlet changes gets another one."""
    return f"urn:inquit:article:{quote(article.id, safe='', errors='replace')}"


def statement_iris(ledger: Ledger) -> dict[int, str]:
    """The name of each statement, by its id: the text and the characters of the quote, as in RFC 5147.

    So it stays while the quote stays, whatever else is read anew. Statements with equal quotes also get their ids.
    """
    base = content_iri(ledger.article)
    found = {q.id: f"{base}#{'&'.join(f'char={begin},{end}' for begin, end in q.quote)}" for q in ledger.quotations}
    often = Counter(found.values())
    return {number: iri if often[iri] == 1 else f"{iri}&statement={number}" for number, iri in found.items()}


def agent_iri(article: Article, kind: str, name: str, known: Mapping[tuple[str, str], str]) -> str:
    """The name of a source or somebody else: by its id in the corpus where that is `known`, else by kind and name.

    The latter is valid within this article only, as namesakes exist.
    """
    identifier = known.get((kind, name))
    if identifier is not None:
        return f"urn:inquit:source:{quote(identifier, safe='', errors='replace')}"
    return f"{content_iri(article)}#{kind}={quote(name, safe='', errors='replace')}"


def known_sources(ledger: Ledger, sources: Mapping[int, str]) -> dict[tuple[str, str], str]:
    """The corpus ids of primary sources by kind and name, so that they also hold where the source is a relay."""
    primary = {q.id: q.chain[-1] for q in ledger.quotations if q.chain}
    return {
        (primary[number].kind, primary[number].name): identifier
        for number, identifier in sources.items()
        if number in primary
    }


def web_address(url: str | None) -> str | None:
    """A URL of the web with all characters escaped that an IRI must not have; `None` for anything else."""
    try:
        parts = urlsplit((url or "").strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    return quote((url or "").strip(), safe=_KEPT, errors="replace")


def link(article: Article, quotation: Quotation) -> str | None:
    """The article's URL with a text fragment, which lets a browser scroll to the quote and light it.

    Of a quote in several parts or paragraphs only the beginning and the end are named.
    """
    address = web_address(article.url)
    if address is None or not quotation.quote:
        return None
    begin, end = quotation.quote[0].begin, quotation.quote[-1].end
    words = article.text[begin:end]
    if len(quotation.quote) == 1 and len(words) <= LONGEST_EXACT and "\n" not in words.strip():
        told = _escaped(words.split())
        before = _lines(article.text[max(0, begin - _AROUND) : begin])[-1].split()[-_BEFORE:]
        if len(words) < SHORTEST_EXACT and before:
            told = f"{_escaped(before)}-,{told}"
    else:
        first, last = quotation.quote[0], quotation.quote[-1]
        opening = next(filter(None, map(str.split, _lines(_words(article, first)))), [])
        closing = next(filter(None, map(str.split, reversed(_lines(_words(article, last))))), [])
        told = f"{_escaped(opening[:_ENDS])},{_escaped(closing[-_ENDS:])}"
    return f"{address}{':~:' if '#' in address else '#:~:'}text={told}"


def _words(article: Article, span: Span) -> str:
    return article.text[span.begin : span.end]


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _escaped(words: list[str]) -> str:
    """Words for a text directive, in which commas, ampersands and hyphens have a meaning."""
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")
