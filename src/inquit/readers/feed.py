"""RSS and Atom: the articles that a feed carries whole, and the links of those that it only announces."""

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from inquit.readers import fields, html
from inquit.readers.articles import Known
from inquit.readers.limits import Limits
from inquit.readers.opened import Opened
from inquit.records import Article, Rejected

_LOG = logging.getLogger("inquit.readers")
_BEGINS = re.compile(
    rb"\s*(?:<\?[^>]{0,300}\?>\s*){0,5}(?:<!--.{0,1000}?-->\s*){0,3}(?:<!doctype rss[^>]{0,300}>\s*)?"
    rb"<(?:rss|feed|rdf:RDF|atom:feed)[\s>]",
    re.I | re.S,
)
_SNIFFED = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An entry of a feed; `content` is the HTML of the whole article where the feed carries it.

    `changed` is what the feed says of its time, to be compared and not to be read.
    """

    link: str | None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    changed: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed; `damage` says where it is not well-formed, and then the entries are those that could be found."""

    title: str | None
    entries: tuple[FeedEntry, ...]
    damage: str | None = None


def looks_like_feed(data: bytes) -> bool:
    """Whether `data` begins as RSS or Atom does."""
    start = data[:_SNIFFED].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return _BEGINS.match(start.replace(b"\0", b"")) is not None


def parse(data: bytes) -> Feed | None:
    """The feed in `data`, or `None` where it is none; addresses that are not whole are left as they are.

    To be called where it can be ended: it may take long.
    """
    import feedparser

    try:
        parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
        if not (parsed.get("version") or parsed.entries):
            return None
        damage = parsed.get("bozo_exception")  # set for much that is harmless, too
        is_damaged = type(damage).__name__ == "SAXParseException"
        return Feed(
            title=_line(parsed.feed.get("title")),
            entries=tuple(_entry(entry) for entry in parsed.entries),
            damage=_line(f"not well-formed: {damage}"[:200]) if is_damaged else None,
        )
    except Exception as error:  # the library has no exceptions of its own
        _LOG.warning("feed: %s: %s", type(error).__name__, error)
        return None


def parse_opml(data: bytes) -> list[str]:
    """The addresses of the feeds that an OPML file lists, in its order; none where it is no such file."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    outlines = root.iter("{*}outline") if root is not None else ()
    found = [value for one in outlines for key, value in one.attrib.items() if str(key).lower() == "xmlurl"]
    return list(dict.fromkeys(url.strip() for url in map(str, found) if url.strip()))


def parse_safely(data: bytes, origin: str, limits: Limits) -> Feed | Rejected:
    """The feed in `data`, within the deadline."""
    from inquit.readers.child import parse_feed_in_child

    feed = parse_feed_in_child(data, limits)
    return feed if isinstance(feed, Feed) else Rejected(origin=origin, reason=feed.reason, detail=feed.detail)


def read(opened: Opened, limits: Limits) -> Iterator[Article | Rejected]:
    """The articles that a feed carries whole; entries that only announce one are rejected."""
    data = opened.whole(limits)
    if isinstance(data, Rejected):
        yield data
        return
    feed = parse_safely(data, opened.origin, limits)
    if isinstance(feed, Rejected):
        yield feed
        return
    for number, entry in enumerate(feed.entries, 1):
        yield read_entry(entry, f"{opened.origin}:{number}", limits, outlet=feed.title)
    if feed.damage:
        yield Rejected(origin=opened.origin, reason="damaged", detail=feed.damage)
    elif not feed.entries:
        yield Rejected(origin=opened.origin, reason="empty", detail="no entries")


def read_entry(entry: FeedEntry, origin: str, limits: Limits, *, outlet: str | None = None) -> Article | Rejected:
    """The article that an entry carries whole; `outlet` is the title of the feed."""
    if entry.content is None:
        where = f"; the article is at {entry.link}" if entry.link else ""
        return Rejected(origin=origin, reason="no article", detail=f"only a summary{where}")
    known = Known(
        title=entry.title,
        outlet=outlet,
        authors=entry.authors,
        url=entry.link,
        published=entry.published,
    )
    title = f"<h1>{escape(entry.title)}</h1>" if entry.title else ""
    page = (
        f"<!doctype html><html><head><title>{escape(entry.title or '')}</title></head>"
        f"<body><article>{title}{entry.content}</article></body></html>"
    )
    return html.read_characters(page, origin, limits, known=known)


def _entry(entry: Any) -> FeedEntry:
    contents = [one for one in entry.get("content", []) if isinstance(one.get("value"), str) and one["value"].strip()]
    longest = max(contents, key=lambda one: len(one["value"]), default=None)
    authors = [_line(one.get("name")) for one in entry.get("authors", []) if one]
    updated = dict.get(entry, "updated")  # the library's own `get` takes the one time for the other, and warns
    published = entry.get("published") or updated
    return FeedEntry(
        link=_line(entry.get("link")),
        title=_line(entry.get("title")),
        authors=tuple(dict.fromkeys(name for name in authors if name)),
        published=fields.iso(published.strip()) if isinstance(published, str) else None,
        changed=_line(updated or published),
        content=_as_html(longest) if longest else None,
    )


def _as_html(content: Any) -> str:
    value = str(content["value"]).encode("utf-8", "replace").decode()
    if content.get("type") != "text/plain":
        return value
    return "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", value) if part.strip())


def _line(value: object) -> str | None:
    """A value on one line, without halves of surrogate pairs, which a reference to a character can make."""
    return " ".join(value.encode("utf-8", "replace").decode().split()) or None if isinstance(value, str) else None
