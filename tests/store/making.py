"""Articles with quotations, made from a few words."""

from dataclasses import replace
from typing import Any

from inquit.records import Article, Kind, Naming, Quotation, Source, Span
from inquit.store import Entry


def article(text: str, **known: Any) -> Article:
    """An article whose id is made from its URL and its beginning."""
    made = Article(id="", origin=known.get("url") or "a file", text=text, language="de")
    made = replace(made, **known)
    return made if made.id else replace(made, id=f"{abs(hash_of(made)):016x}")


def hash_of(made: Article) -> int:
    """A number that only depends on what the article says, in every process."""
    import zlib

    return zlib.crc32(f"{made.url}\0{made.text}".encode("utf-8", "surrogatepass"))


def source(text: str, name: str, *, kind: Kind = "person", naming: Naming = "named") -> Source:
    """A source whose mention is the first place of its name."""
    begin = max(0, text.find(name))
    return Source(mention=Span(begin, begin + len(name)), name=name, kind=kind, naming=naming)


def quotation(number: int, text: str, words: str, *chain: Source, **fields: Any) -> Quotation:
    """A quotation of `words`, which must stand in the text."""
    begin = text.index(words)
    known = {"type": "Indirect", "medium": "Speech", "confidence": 0.9, **fields}
    return Quotation(id=number, quote=(Span(begin, begin + len(words)),), chain=chain, **known)


def said(text: str, *pairs: tuple[str, str], **known: Any) -> Entry:
    """An article in which each of the pairs (words, speaker) is a quotation."""
    quotations = tuple(quotation(n, text, words, source(text, name)) for n, (words, name) in enumerate(pairs))
    return Entry(article=article(text, **known), quotations=quotations)
