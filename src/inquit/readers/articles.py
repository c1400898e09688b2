"""What every reader ends with: a text and what its document says of it become an article."""

import hashlib
import logging
from dataclasses import dataclass, replace

from inquit.languages import READ, detection, language
from inquit.readers import furniture, imprint
from inquit.records import Article, Rejected, Span

_LOG = logging.getLogger("inquit.readers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a document says of its article besides the text; `furniture` is what its markup shows to be none."""

    title: str | None = None
    outlet: str | None = None
    credits: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    url: str | None = None
    published: str | None = None
    language: str | None = None
    furniture: tuple[Span, ...] = ()


def article_id(text: str, url: str | None = None) -> str:
    """Name of an article made from its content: 16 hexadecimal digits of SHA-256 over URL and text."""
    content = f"{url or ''}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(content).hexdigest()[:16]


def article(text: str, *, origin: str, known: Known | None = None, doubt: str | None = None) -> Article | Rejected:
    """The article of a text; rejected where the text is blank.

    In a language that Inquit does not read, it is the text and what is known of it, without furniture.
    """
    known = known or Known()
    if not text.strip():
        return Rejected(origin=origin, reason="empty", detail="nothing but white space" if text else "no content")
    if doubt:
        _LOG.warning("%s: %s", origin, doubt)
    code = detection.detect(text) or _told(known.language)
    seen, marked = imprint.Imprint(), known.furniture
    if code in READ:
        knowledge = language(code)
        marked = furniture.find(text, knowledge, known=known.furniture)
        seen = imprint.find(text, marked, knowledge)
    return Article(
        id=article_id(text, known.url),
        origin=origin,
        text=text,
        language=code,
        title=known.title or seen.title,
        outlet=known.outlet,
        credits=known.credits or seen.credits,
        authors=known.authors or seen.authors,
        url=known.url,
        published=known.published or seen.published,
        furniture=marked,
    )


def completed(item: Article) -> Article:
    """An article of which nothing is known but its text, with what is found in a language that Inquit reads by now.

    Its title stays open where it was, as one that the text gives would make another content of it.
    """
    if item.language not in READ:
        return item
    knowledge = language(item.language)
    marked = furniture.find(item.text, knowledge, known=item.furniture)
    seen = imprint.find(item.text, marked, knowledge)
    return replace(item, furniture=marked, credits=item.credits or seen.credits, authors=item.authors or seen.authors)


def readable(item: Article | Rejected) -> Article | Rejected:
    """The same; an article in a language that Inquit does not read is rejected."""
    if isinstance(item, Rejected) or item.language is None or item.language in READ:
        return item
    name = detection.name(item.language)
    detail = f"written in {name} ({item.language}); Inquit reads {', '.join(map(detection.name, READ))}"
    return Rejected(origin=item.origin, reason="language", detail=detail)


def _told(code: str | None) -> str:
    """The language that the document names, where the text leaves it open; German where it names none."""
    told = (code or "").replace("_", "-").partition("-")[0].lower()
    return told if told in READ else READ[0]
