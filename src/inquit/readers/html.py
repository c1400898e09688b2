"""HTML pages to articles: the title, a blank line, and the paragraphs with a blank line after each.

Ordinary pages are extracted in this process. A page that is large, deep or odd could keep it busy for hours or end it,
so such a page goes to a child process, which is killed when its time is up.
"""

import re

from inquit.readers import extraction, names
from inquit.readers.articles import Known, article
from inquit.readers.encoding import Decoded, decode
from inquit.readers.extraction import Page, Refused
from inquit.readers.limits import Limits
from inquit.records import Article, Rejected

_DECLARATION = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.I,
)
_DECLARED_WITHIN = 4096
_SNIFFED = 2048
_BEGINS = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,1000}?-->\s*){0,3}<(?:!doctype\s+html|html|head|body)[\s>]",
    re.I | re.S,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)|<!--")
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p",
    "li", "td", "th", "tr", "dt", "dd", "option",
))  # fmt: skip
_LONG_TAG = re.compile(r"<[^<>]{20000}")

_SAFE_CHARACTERS = 500_000
_SAFE_TAGS = 12_000
_SAFE_DEPTH = 100
"""Characters, tags and depth up to which a page is extracted in this process. The worst page within them took 0.3 s
(a table of 5 900 rows); pages of news have 20 to 400 kB, 500 to 6 000 tags and a depth of 15 to 60."""

_FEWEST_CHARACTERS = 80
"""Characters of the longest paragraph of an article, at least; lists of links have shorter ones."""


def read(
    data: bytes, origin: str, limits: Limits, *, known: Known | None = None, declared: str | None = None
) -> Article | Rejected:
    """The article of the page in `data`; `declared` is the encoding named by who sent it, before what the page says."""
    if not data.strip():
        return Rejected(origin=origin, reason="empty", detail="nothing but white space" if data else "no content")
    decoded = decode(data, declared=declared or _declared(data))
    if not isinstance(decoded, Decoded):
        return Rejected(origin=origin, reason=decoded.reason, detail=decoded.detail)
    return read_characters(decoded.text, origin, limits, known=known, doubt=decoded.doubt)


def read_characters(
    page: str, origin: str, limits: Limits, *, known: Known | None = None, doubt: str | None = None
) -> Article | Rejected:
    """The article of a page that is characters already; `known` is what was told of it from elsewhere."""
    extracted = _extracted(page, limits)
    if isinstance(extracted, Refused):
        return Rejected(origin=origin, reason=extracted.reason, detail=extracted.detail)
    if max(map(len, extracted.paragraphs)) < _FEWEST_CHARACTERS:
        return Rejected(origin=origin, reason="no article", detail="no paragraphs of an article on the page")
    paragraphs = [extracted.title, *extracted.paragraphs] if extracted.title else extracted.paragraphs
    return article("\n\n".join(paragraphs), origin=origin, known=_known(extracted, known or Known()), doubt=doubt)


def looks_like_html(data: bytes) -> bool:
    """Whether `data` begins as an HTML document does, in UTF-8 or UTF-16."""
    start = data[:_SNIFFED].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return _BEGINS.match(start.replace(b"\0", b"")) is not None


def _declared(data: bytes) -> str | None:
    match = _DECLARATION.search(data[:_DECLARED_WITHIN])
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def _extracted(html: str, limits: Limits) -> Page | Refused:
    if _is_harmless(html, limits):
        return extraction.extract(html, limits)
    from inquit.readers.child import extract_in_child

    return extract_in_child(html, limits)


def _is_harmless(html: str, limits: Limits) -> bool:
    """Whether a page is so small and flat that its extraction takes neither long nor a deep stack."""
    if len(html) > _SAFE_CHARACTERS or html.count("<") > _SAFE_TAGS or _LONG_TAG.search(html):
        return False
    depth = deepest = 0
    for match in _TAG.finditer(html):
        if match[2] is not None and match[2].lower() not in _VOID:
            depth += -1 if match[1] else 1
            deepest = max(deepest, depth)
    return deepest <= min(_SAFE_DEPTH, limits.max_depth)


def _known(page: Page, told: Known) -> Known:
    """What is known of the page: what the caller was told goes before what the page says of itself."""
    data = page.data
    outlet = _string(data.get("outlet"))
    sources = [name for value in data.get("credit", []) for name in names.listed(value) if name != outlet]
    authors: list[str] = []
    for value in data.get("authors", []):
        listed = [name for name in names.listed(value) if name != outlet]
        agencies = names.agencies(listed)
        sources += agencies
        authors += names.persons([name for name in listed if name not in agencies])
    return Known(
        title=told.title or page.title,
        outlet=told.outlet or outlet,
        credits=told.credits or tuple(dict.fromkeys(sources)),
        authors=told.authors or tuple(dict.fromkeys(authors)),
        url=told.url or _string(data.get("url")),
        published=told.published or _string(data.get("published")),
        language=told.language or _string(data.get("language")),
    )


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
