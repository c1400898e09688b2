"""Whatever the text and the spans: no exception, spans in the text, finite chains, the same result twice."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from marking import GERMAN, article, attributed, quotation

from inquit.records import MEDIA, TYPES, Quotation, Span
from inquit.sources import answering, attribute, balance, casting, entities
from inquit.sources.facing import pairs
from inquit.sources.reading import reading
from inquit.sources.statements import statements

WORDS = [
    "Der",
    "die",
    "Ministerin",
    "Klara",
    "Wiesner",
    "(SPD)",
    "sagte",
    ",",
    "laut",
    "dem",
    "«Talbote»",
    "soll",
    "er",
    "sie",
    "Polizei",
    "54-Jährige",
    "Insider",
    ":",
    "„",
    "“",
    "unter",
    "Berufung",
    "auf",
    "Kreise",
    "bestritt",
    "das",
    "dass",
    "ein",
    "Sprecher",
    "der",
    "Stadt",
    "Ulm",
    ".",
    "\n\n",
    "Demnach",
    "hieß",
    "es",
    "eigenen",
    "Angaben",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.text(max_size=120),
)


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, tuple[Quotation, ...]]:
    text = draw(TEXTS)
    span = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda p: Span(min(p), max(p)))
    some = st.lists(span, max_size=2).map(tuple)
    number = draw(st.integers(0, 6))
    return text, tuple(
        Quotation(
            id=i,
            type=draw(st.sampled_from(TYPES)),
            medium=draw(st.sampled_from(MEDIA)),
            parent=draw(st.one_of(st.none(), st.integers(0, 7))),
            quote=draw(some),
            speaker=draw(some),
            cue=draw(some),
            frame=draw(some),
            addressee=draw(some),
            confidence=1.0,
        )
        for i in range(number)
    )


@given(articles(), st.sampled_from([None, "https://talbote.example/1"]))
@settings(max_examples=150, deadline=None)
def test_any_spans_in_any_text(made: tuple[str, tuple[Quotation, ...]], url: str | None) -> None:
    text, quotations = made
    given_article = article(text, url=url)
    found = attribute(given_article, quotations, GERMAN)
    assert [q.id for q in found] == [q.id for q in quotations]
    ids = {q.id for q in quotations}
    for before, after in zip(quotations, found, strict=True):
        assert (after.quote, after.speaker, after.parent) == (before.quote, before.speaker, before.parent)
        assert len(after.chain) <= 8
        for source in after.chain:
            assert 0 <= source.mention.begin < source.mention.end <= len(text)
            assert source.name.strip()
        for span in after.hedges:
            assert 0 <= span.begin < span.end <= len(text)
        assert set(after.disputes) | set(after.supports) <= ids - {after.id}
        assert not set(after.disputes) & set(after.supports)
    assert attribute(given_article, quotations, GERMAN) == found
    summary = balance(given_article, found)
    assert summary.statements <= len(found)
    assert 0.0 <= summary.unnamed_share <= 1.0


def test_what_is_compared_grows_with_the_text_and_not_with_its_square() -> None:
    text = " ".join(f"Punkt {i} stimme nicht, sagte Wirt Kai Noll{i}." for i in range(120))
    given = tuple(quotation(text, i, f"Punkt {i} stimme nicht", speaker=f"Wirt Kai Noll{i}.") for i in range(120))
    found = attributed(text, *given)
    prepared = statements(reading(article(text), found, GERMAN), found, {}, GERMAN)
    compared = pairs(prepared, [0.5] * 120, [0.5] * 120)
    assert 0 < len(compared.rows) <= 120 * (answering.BEFORE + answering.AFTER)
    cast = casting.cast(reading(article(text), found, GERMAN))
    assert 0 < max(len(cast.near(at)) for at in range(0, 1500, 50)) <= entities.NEAR_EARLIER + entities.NEAR_LATER


def test_random_order_of_many_quotations_is_deterministic() -> None:
    text = " ".join(f"Punkt {i} stimme, sagte Wirt Kai Noll." for i in range(12))
    given = [quotation(text, i, f"Punkt {i} stimme", speaker="Wirt Kai Noll") for i in range(12)]
    first = attributed(text, *given)
    random.Random(3).shuffle(given)
    again = attributed(text, *given)
    assert sorted(first, key=lambda q: q.id) == sorted(again, key=lambda q: q.id)
