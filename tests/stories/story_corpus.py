"""Small articles and ledgers for the tests of this room, with the sources said and not read."""

from collections.abc import Sequence

from inquit.records import Article, Ledger, Quotation, Source, Span, Stance, Summary

SUMMARY = Summary(statements=0, primary_sources=(), unnamed_share=0.0, relayed_share=0.0, unsourced_share=0.0)


def article(name: str, text: str, outlet: str | None, hour: int, *, credit: str = "", day: int = 3) -> Article:
    """An article that is named by its id and published on a day in March."""
    return Article(
        id=name,
        origin=name,
        text=text,
        language="de",
        title=text.split("\n", maxsplit=1)[0],
        outlet=outlet,
        credits=(credit,) if credit else (),
        published=f"2025-03-{day:02d}T{hour:02d}:00:00+01:00",
    )


def source(text: str, name: str, kind: str = "person", naming: str = "named") -> Source:
    """A source of an article, mentioned where the text has its name."""
    begin = max(0, text.find(name))
    return Source(mention=Span(begin, begin + len(name)), name=name, kind=kind, naming=naming)  # type: ignore[arg-type]


def ledger(
    one: Article,
    said: Sequence[tuple[str, Sequence[tuple[str, str, str]]] | tuple[str, Sequence[tuple[str, str, str]], Stance]],
) -> Ledger:
    """The ledger of an article: each quotation by its words, its chain as (name, kind, naming), and its stance."""
    quotations = []
    for number, (words, chain, *stance) in enumerate(said):
        begin = one.text.index(words)
        quotations.append(
            Quotation(
                id=number,
                type="Indirect",
                medium="Speech",
                quote=(Span(begin, begin + len(words)),),
                chain=tuple(source(one.text, *link) for link in chain),
                stance=stance[0] if stance else "assert",
                confidence=1.0,
            )
        )
    return Ledger(article=one, quotations=tuple(quotations), summary=SUMMARY)
