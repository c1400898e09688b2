"""What an HTML page says of its article: JSON-LD, meta elements, the canonical link."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_ARTICLE_TYPES = frozenset((
    "NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
    "BackgroundNewsArticle", "AskPublicNewsArticle", "ReviewNewsArticle", "LiveBlogPosting", "BlogPosting",
    "Report", "SatiricalArticle",
))  # fmt: skip
_LARGEST_BLOCK = 1_000_000
"""Characters of a JSON-LD block; one with the text of the article has 50 000."""

_MOST_NODES = 10_000
"""Values of a JSON-LD block that are looked at."""

_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")

_META = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "published": (
        "article:published_time", "datepublished", "date", "dc.date.issued", "dc.date", "dcterms.created",
        "publish-date", "pubdate", "last-modified-or-published", "cxenseparse:recs:publishtime", "parsely-pub-date",
    ),
    "url": ("og:url", "twitter:url"),
    "language": ("og:locale", "content-language", "language", "dc.language"),
    "section": ("article:section", "section"),
}  # fmt: skip
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "byl")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPED = re.compile(r"^(?:\s|<!--|<!\[CDATA\[|/\*|\*/|//)+|(?:\s|-->|\]\]>|/\*|\*/|//|;)+$")
_FIELD = re.compile(r'"(headline|datePublished|inLanguage|articleSection)"\s*:\s*"((?:[^"\\]|\\.){1,500})"')
_TAG = re.compile(r"<[^<>]{1,300}>")
_OUTLET_AFTER = re.compile(r"\s+[|–—-]\s+[^|–—]{1,60}$")


def find(tree: "HtmlElement") -> dict[str, Any]:
    """Values as far as the page gives them: title, outlet, authors, credit, published, url, language, section, body."""
    found = _of_json_ld(tree)
    metas = _metas(tree)
    for name, keys in _META.items():
        value = next((metas[key] for key in keys if metas.get(key)), None)
        if value and not found.get(name):
            found[name] = value
    if not found.get("authors"):
        names = [metas[key] for key in _AUTHORS if metas.get(key) and "://" not in metas[key]]
        found["authors"] = names[:1]
    found["url"] = _url(tree, found.get("url"))
    found["published"] = _iso(found.get("published")) or _iso(_time(tree))
    found["language"] = next(iter(tree.xpath("/html/@lang | /html/@xml:lang")), None) or found.get("language")
    if not found.get("title"):
        title = tree.findtext(".//title")
        found["title"] = _OUTLET_AFTER.sub("", " ".join(title.split())) if title else None
    return {name: value for name, value in found.items() if value}


def _metas(tree: "HtmlElement") -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = " ".join((meta.get("content") or "").split())
        if key and content:
            metas.setdefault(key.strip().lower(), content)
    return metas


def _url(tree: "HtmlElement", other: Any) -> str | None:
    canonical = tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href")
    for url in [*map(str, canonical), other]:
        if isinstance(url, str) and _is_url(url.strip()):
            return url.strip()
    return None


def _is_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _time(tree: "HtmlElement") -> str | None:
    times = tree.xpath("//article//time/@datetime") or tree.xpath("//main//time/@datetime")
    return str(times[0]) if times else None


def _iso(value: Any) -> str | None:
    match = _ISO.match(value.strip()) if isinstance(value, str) else None
    return match.group().replace(" ", "T") if match else None


def _of_json_ld(tree: "HtmlElement") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for script in tree.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]"):
        text = script.text or ""
        if not text.strip() or len(text) > _LARGEST_BLOCK:
            continue
        content = _parsed(text)
        if content is None:
            found = _fields_of_broken(text) | found
            continue
        for node in _nodes(content):
            if not _types(node).isdisjoint(_ARTICLE_TYPES):
                return {**found, **_of_node(node)}
    return found


def _parsed(text: str) -> Any:
    """The JSON in a script element, of which comments around it and commas too many are forgiven."""
    unwrapped = _WRAPPED.sub("", text)
    for attempt in (text, unwrapped, _TRAILING_COMMA.sub(r"\1", unwrapped)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _fields_of_broken(text: str) -> dict[str, Any]:
    names = {"headline": "title", "datePublished": "published", "inLanguage": "language", "articleSection": "section"}
    found: dict[str, Any] = {}
    if '"NewsArticle"' in text or '"Article"' in text:
        for key, value in _FIELD.findall(text):
            found.setdefault(names[key], _plain(value.replace('\\"', '"').replace("\\/", "/")))
    return found


def _nodes(content: Any) -> Iterator[dict[str, Any]]:
    """All objects of a JSON-LD block, in lists and under `@graph` and `mainEntity`, breadth first."""
    queue = [content]
    for n, node in enumerate(queue):
        if n >= _MOST_NODES:
            return
        if isinstance(node, list):
            queue += node
        elif isinstance(node, dict):
            yield node
            queue += [node[key] for key in _NESTED if key in node]


def _types(node: dict[str, Any]) -> frozenset[str]:
    types = node.get("@type")
    return frozenset(
        t.rpartition("/")[2] for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)
    )


def _of_node(node: dict[str, Any]) -> dict[str, Any]:
    page = node.get("mainEntityOfPage")
    page = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    found = {
        "title": _plain(node.get("headline") or node.get("name")),
        "outlet": next(iter(_names(node.get("publisher"))), None),
        "authors": _names(node.get("author")) or _names(node.get("creator")),
        "credit": [
            *_names(node.get("sourceOrganization")),
            *_names(node.get("provider")),
            *_names(node.get("creditText")),
        ],
        "published": node.get("datePublished"),
        "url": node.get("url") or page,
        "language": node.get("inLanguage"),
        "section": _plain(node.get("articleSection")),
        "body": node.get("articleBody") if isinstance(node.get("articleBody"), str) else None,
    }
    return {name: value for name, value in found.items() if value and (isinstance(value, str | list))}


def _names(value: Any) -> list[str]:
    """Names of persons and organizations, which may be given as strings, objects or lists of them."""
    values = value if isinstance(value, list) else [value]
    names = [v.get("name") if isinstance(v, dict) else v for v in values]
    flat = [n for name in names for n in (name if isinstance(name, list) else [name])]
    return [plain for n in flat if (plain := _plain(n)) and "://" not in plain]


def _plain(value: Any) -> str | None:
    """A string without markup and entities."""
    if not isinstance(value, str):
        return None
    import html

    return " ".join(_TAG.sub("", html.unescape(value)).split()) or None
