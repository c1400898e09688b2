"""What must hold for the quotations of every text, generated or damaged."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.languages import Language, language
from inquit.quotations import find, ruled
from inquit.records import MEDIA, TYPES, Article, Quotation, Spans

GERMAN = language("de")

TEXT = (
    "Die Ministerin Eva Muster sagte am Montag, die Brücke sei sicher. Man habe sie im Mai geprüft. "
    "„Wir bauen ab Juni“, sagte sie dem „Tagesboten“. Nach Angaben der Polizei wurden drei Menschen verletzt.\n\n"
    "Der Sprecher, Jan Beispiel, teilte mit, dass der Rat tagt, und kündigte an, das Amt zu prüfen. "
    "Wie der Sender meldete, soll er «krank» sein. Laut dem Bericht, so die Stadt, fehle Geld: „Es ist knapp.“\n"
    "Er warf dem Rat vor, ‚nichts‘ zu tun. Demnach sei alles offen, heißt es in dem Papier. Experten warnen vor Regen. "
)
MARKS = ["„", "“", '"', "(", ")", ",", ".", ":", "\n\n", "–", "»", "«", "zufolge"]
WORDS = [*sorted(set(TEXT.replace("\n", " ").split())), *MARKS]


Reader = Callable[[Article, Language], tuple[Quotation, ...]]


def check(text: str, reader: Reader) -> None:
    article = Article(id="a", origin="a", text=text)
    found = reader(article, GERMAN)
    assert found == reader(article, GERMAN)
    assert [quotation.id for quotation in found] == list(range(len(found)))
    for quotation in found:
        check_spans(text, quotation)
        if quotation.parent is not None:
            parent = found[quotation.parent]
            begin, end = quotation.quote[0].begin, quotation.quote[-1].end
            assert any(span.begin <= begin and end <= span.end for span in parent.quote)
            assert parent.quote != quotation.quote


def check_spans(text: str, quotation: Quotation) -> None:
    roles = (quotation.quote, quotation.speaker, quotation.cue, quotation.frame, quotation.addressee)
    assert quotation.quote
    for spans in roles:
        assert all(0 <= span.begin < span.end <= len(text) for span in spans)
        assert all(a.end <= b.begin for a, b in pairwise(spans))
    assert not overlap(quotation.quote, quotation.frame)
    assert 0 <= quotation.confidence <= 1
    assert quotation.why
    assert all(reason.strip() == reason and "\n" not in reason for reason in quotation.why)
    assert quotation.type in TYPES
    assert quotation.medium in MEDIA


def overlap(some: Spans, others: Spans) -> bool:
    return any(a.begin < b.end and b.begin < a.end for a in some for b in others)


@pytest.mark.parametrize("reader", [find, ruled.read])
def test_the_text_that_the_others_mutate_is_read(reader: Reader) -> None:
    check(TEXT, reader)
    assert len(reader(Article(id="a", origin="a", text=TEXT), GERMAN)) >= 10


WORDS_IN_ANY_ORDER = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
DAMAGED = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 40), st.text(max_size=8)).map(
    lambda cut: TEXT[: cut[0]] + cut[2] + TEXT[cut[0] + cut[1] :]
)
TEXTS = st.one_of(WORDS_IN_ANY_ORDER, DAMAGED, st.text(max_size=200))


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_any_text_by_rules(text: str) -> None:
    check(text, ruled.read)


@settings(deadline=None, max_examples=25)
@given(TEXTS)
def test_any_text(text: str) -> None:
    check(text, find)
