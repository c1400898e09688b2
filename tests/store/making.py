"""Articles with quotations, made from a few words."""

from dataclasses import replace
from typing import Any

from inquit.records import Article, Kind, Naming, Quotation, SearchQuery, Source, SourceQuery, Span
from inquit.store import Entry, Store


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


def story(number: int) -> Entry:
    """One of any number of articles that share sources, outlets and, every fifth, a URL with another."""
    name = ("Karl Otto", "Eva Roth", "Dr. Uwe Müller", "Ina Lohse")[number % 4]
    says = f"man wolle Brücke {number} sanieren"
    text = f"Die {('SPD', 'CDU')[number // 4 % 2]}-Abgeordnete {name} sagte am Montag, {says}. Mehr sagte sie nicht."
    place = number if number % 5 else number // 10
    known = {"outlet": f"Blatt {number % 3}", "published": f"2025-03-{number % 28 + 1:02}T10:00:00+01:00"}
    return said(text, (says, name), url=f"https://t.example/{place}", **known)


def content(store: Store) -> list[Any]:
    """All that a corpus answers, but for the times at which articles were added; in an order of its own."""
    found: list[Any] = [store.count(), sorted(store.sources(SourceQuery(limit=10_000)), key=lambda one: one.id)]
    for kept in store.articles():
        history = [(version.version, version.current, one) for version, one in store.history(kept.article.id)]
        found.append((kept.article, kept.quotations, kept.verdicts, kept.sources, history))
    for words in ("", "Brücke", "Müller", "Montag"):
        found.append(sorted(store.search(SearchQuery(words=words, limit=10_000)), key=lambda hit: hit.id))
    return found
