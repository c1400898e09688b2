"""HTML pages to articles: the title, a blank line, and the paragraphs with a blank line after each.

Ordinary pages are extracted in this process. A page that is large, deep or odd could keep it busy for hours or end it,
so such a page goes to a child process, which is killed when its time is up.
"""

import re

from inquit.languages import READ, language
from inquit.readers import extraction, imprint
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

_JOINED = re.compile(r"\s*(?:,|;|/|&|\|)\s*|\s+(?:und|sowie|and)\s+")


def read(data: bytes, origin: str, limits: Limits) -> Article | Rejected:
    """The article of the page in `data`."""
    if not data.strip():
        return Rejected(origin=origin, reason="empty", detail="nothing but white space" if data else "no content")
    decoded = decode(data, declared=_declared(data))
    if not isinstance(decoded, Decoded):
        return Rejected(origin=origin, reason=decoded.reason, detail=decoded.detail)
    page = _extracted(decoded.text, limits)
    if isinstance(page, Refused):
        return Rejected(origin=origin, reason=page.reason, detail=page.detail)
    if max(map(len, page.paragraphs)) < _FEWEST_CHARACTERS:
        return Rejected(origin=origin, reason="no article", detail="no paragraphs of an article on the page")
    paragraphs = [page.title, *page.paragraphs] if page.title else page.paragraphs
    return article("\n\n".join(paragraphs), origin=origin, known=_known(page), doubt=decoded.doubt)


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


def _known(page: Page) -> Known:
    data = page.data
    outlet = _string(data.get("outlet"))
    sources = [name for value in data.get("credit", []) for name in _JOINED.split(value) if name and name != outlet]
    authors: list[str] = []
    for value in data.get("authors", []):
        names = [name.strip() for name in _JOINED.split(value) if name.strip() not in {"", outlet}]
        agencies = _agencies(names)
        sources += agencies
        authors += _persons([name for name in names if name not in agencies])
    return Known(
        title=page.title,
        outlet=outlet,
        credits=tuple(dict.fromkeys(sources)),
        authors=tuple(dict.fromkeys(authors)),
        url=_string(data.get("url")),
        published=_string(data.get("published")),
        language=_string(data.get("language")),
    )


def _agencies(names: list[str]) -> list[str]:
    """Which of the names in an author's place are those of agencies; the initials of an editor may stand after them."""
    known = language(READ[0]).table("imprint")["credits"]
    return [
        name
        for i, name in enumerate(names)
        if name in known["agencies"]
        or (name.isalpha() and name.islower() and name not in known["own"] and len(name) > (2 if i == 0 else 3))
    ]


def _persons(names: list[str]) -> list[str]:
    table = language(READ[0]).table("imprint")["authors"]
    begins = re.compile(rf"^(?:{table['begins']})")
    return [person for name in names if (person := imprint.person(begins.sub("", name, count=1), table))]


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
