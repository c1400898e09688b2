"""Small ledgers whose texts share sentences, boilerplate and subjects, as many as a test wants."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from inquit.records import Article, Ledger, Quotation, Source, Span, Summary

SUMMARY = Summary(statements=0, primary_sources=(), unnamed_share=0.0, relayed_share=0.0, unsourced_share=0.0)
OUTLETS = ("Abendpost", "Küstenbote", "Morgenblatt", None)
_PARTS = ("holm", "dorf", "kamm", "ried", "furt", "beck", "stein", "grund", "horst", "wick", "busch", "berg")
_ENDS = ("er", "au", "eck", "see", "tal", "ing", "hall", "moos")
_HEADS = ("Nord", "Ost", "Grau", "Wolfs", "Silber", "Eich", "Hagel", "Lind", "Moor", "Raben", "Torf", "Weid")


@dataclass(frozen=True)
class Told:
    """What an article is made of: a subject, which of its sentences, who prints it when, and what stands below."""

    subject: int
    sentences: tuple[int, ...]
    outlet: int
    day: int | None
    boilerplate: bool


def sentence(subject: int, number: int) -> str:
    """A sentence of eleven words that only this subject has."""
    chance = Random(1000 * subject + number)
    words = [chance.choice(_HEADS) + chance.choice(_PARTS) + chance.choice(_ENDS) for _ in range(7)]
    return f"{words[0]} {words[1]} brachte {words[2]} nach {words[3]} {words[4]} {words[5]} {words[6]} {number}."


def boilerplate(outlet: int) -> str:
    """What an outlet prints below many articles."""
    return " ".join(sentence(50 + outlet, number) for number in range(3))


def ledger(number: int, told: Told, *, url: str | None = None) -> Ledger:
    """The ledger of an article that says its first sentence on the word of a person."""
    body = " ".join(sentence(told.subject, one) for one in told.sentences)
    said = f"{sentence(told.subject, 0)[:-1]}, sagte Hedda Brandt."
    below = f"\n\n{boilerplate(told.outlet)}" if told.boilerplate else ""
    title = f"{sentence(told.subject, 0).split()[0]} {number}"
    text = f"{title}\n\n{said} {body}{below}"
    begin = text.index(said)
    item = Article(
        id=f"{number:04}",
        origin=f"{number}",
        text=text,
        language="de",
        title=title,
        outlet=OUTLETS[told.outlet],
        url=url,
        published=None if told.day is None else f"2025-03-{told.day:02}T{number % 24:02}:00:00+01:00",
    )
    return Ledger(article=item, quotations=(quotation(item, begin, begin + len(said) - 21),), summary=SUMMARY)


def quotation(item: Article, begin: int, end: int, number: int = 0) -> Quotation:
    """A statement of Hedda Brandt."""
    at = item.text.index("Hedda Brandt")
    source = Source(mention=Span(at, at + 12), name="Hedda Brandt", kind="person", naming="named")
    return Quotation(
        id=number, type="Indirect", medium="Speech", quote=(Span(begin, end),), chain=(source,), confidence=0.9
    )


def copies(count: int, *, outlet: int = 0, subject: int = 0) -> Sequence[Told]:
    """The same text many times, a day apart from one to the next."""
    return [Told(subject, (1, 2, 3, 4, 5), outlet, 1 + i % 9, False) for i in range(count)]
