"""What must hold for every text that anybody gives to Inquit."""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import inquit
from inquit import quotations
from inquit.languages import Language
from inquit.ledger import LETTERS_TOGETHER, TOGETHER, batches, read_together
from inquit.quotations.trained import Begun

ARTICLE = (
    "Ministerin weist Vorwürfe zurück\n\n"
    "Wie die «Allerzeitung» berichtet, soll die Stadt Akten vernichtet haben. Das sagte ein früherer Mitarbeiter, der "
    "nicht genannt werden will, der Zeitung: «Ich war dabei.» Er habe «drei Kisten» gesehen. Die Anweisung sei von "
    "oben gekommen.\n\n"
    "Umweltministerin Vera Tamm (Grüne) wies das zurück. „Daran ist nichts wahr“, sagte sie am Dienstag, „gar "
    "nichts.“ Laut dem Gutachten einer Kanzlei wurde nichts gelöscht. Der 61-Jährige habe 'keine Ahnung', so Tamm.\n\n"
    "Lesen Sie auch: „Ich habe genug“ – ein Beamter packt aus\n"
)
PIECES = st.sampled_from(
    [
        *ARTICLE.split(" "),
        "„",
        "“",
        '"',
        "«",
        "»",
        "'",
        "\n",
        "\n\n",
        ",",
        ".",
        "sagte er",
        "habe",
        "dass",
        "laut",
        "\t",
    ]
)
MUTATED = st.lists(PIECES, max_size=120).map(" ".join)


def check(ledger: inquit.Ledger) -> None:
    text = ledger.article.text
    by_id = {quotation.id: quotation for quotation in ledger.quotations}
    assert len(by_id) == len(ledger.quotations)
    for quotation in ledger.quotations:
        mentions = [source.mention for source in quotation.chain]
        roles = (quotation.quote, quotation.speaker, quotation.cue, quotation.frame, quotation.addressee)
        for begin, end in [*(span for spans in roles for span in spans), *quotation.hedges, *mentions]:
            assert 0 <= begin < end <= len(text)
        quote = {i for begin, end in quotation.quote for i in range(begin, end)}
        assert quote
        assert quote.isdisjoint(i for begin, end in quotation.frame for i in range(begin, end))
        if quotation.parent is not None:
            parent = by_id[quotation.parent]
            assert parent.quote[0].begin <= quotation.quote[0].begin
            assert quotation.quote[-1].end <= parent.quote[-1].end
        assert {*quotation.disputes, *quotation.supports} <= set(by_id) - {quotation.id}
        assert 0 <= quotation.confidence <= 1
        assert quotation.why
    outer = sum(quotation.parent is None for quotation in ledger.quotations)
    assert outer <= ledger.summary.statements <= len(ledger.quotations)


@settings(max_examples=80, deadline=None)
@given(MUTATED)
def test_every_text_gives_a_sound_ledger(text: str) -> None:
    article = inquit.Article(id="a", origin="test", text=text)
    check(inquit.read_article(article))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_no_text_raises(text: str) -> None:
    check(inquit.read_article(inquit.Article(id="a", origin="test", text=text)))


def test_reading_is_deterministic_and_has_no_memory(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(ARTICLE, "utf-8")
    first, second = (json.loads(x.to_json()) for x in inquit.read_many([tmp_path]) if isinstance(x, inquit.Ledger))
    for ledger in (first, second):
        ledger["article"].pop("origin")
    assert first == second
    assert first["quotations"] == json.loads(inquit.read(ARTICLE).to_json())["quotations"]


def test_a_teaser_is_no_statement() -> None:
    ledger = inquit.read(ARTICLE)
    teaser = ARTICLE.index("„Ich habe genug")
    assert ledger.quotations
    assert all(span.end <= teaser for quotation in ledger.quotations for span in quotation.quote)


def test_time_grows_with_length_and_not_faster() -> None:
    """Fifty times the text is read at all; how long it takes is for the benchmarks."""
    words = ARTICLE.split(" ")
    random.Random(1).shuffle(words)
    check(inquit.read_article(inquit.Article(id="a", origin="test", text=" ".join(words * 50))))


def test_read_takes_a_path_or_a_text(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    by_path, by_name, by_text = inquit.read(path), inquit.read(str(path)), inquit.read(ARTICLE)
    assert by_path.quotations == by_name.quotations == by_text.quotations
    assert by_path.article.origin == str(path)


def test_what_cannot_be_read_raises_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(inquit.RejectedError) as error:
        inquit.read(tmp_path / "nowhere.txt")
    assert error.value.reason == "missing"


def test_a_wrong_argument_raises_a_usage_error() -> None:
    with pytest.raises(inquit.UsageError):
        inquit.read(ARTICLE, min_confidence=2)


def test_leaving_out_the_uncertain_keeps_references_sound() -> None:
    confidences = sorted({quotation.confidence for quotation in inquit.read(ARTICLE).quotations})
    for confidence in confidences:
        ledger = inquit.read(ARTICLE, min_confidence=confidence)
        check(ledger)
        assert min(quotation.confidence for quotation in ledger.quotations) >= confidence


def test_rows_are_flat_and_as_many_as_quotations() -> None:
    ledger = inquit.read(ARTICLE)
    rows = ledger.rows()
    assert len(rows) == len(ledger.quotations)
    assert not any(isinstance(value, dict) for row in rows for value in row.values())


def test_a_ledger_shows_itself_in_a_notebook() -> None:
    assert "Vera Tamm" in inquit.read(ARTICLE)._repr_html_()


def fail_at(monkeypatch: pytest.MonkeyPatch, begin: str) -> None:
    """Let the reading of articles that begin like this fail, alone and together with others."""
    find, begin_reading = quotations.find, quotations.begin

    def one(article: inquit.Article, language: Language) -> tuple[inquit.Quotation, ...]:
        if article.text.startswith(begin):
            raise ZeroDivisionError("on purpose")
        return find(article, language)

    def some(articles: Sequence[inquit.Article], language: Language) -> Begun:
        if any(article.text.startswith(begin) for article in articles):
            raise ZeroDivisionError("on purpose")
        return begin_reading(articles, language)

    monkeypatch.setattr(quotations, "find", one)
    monkeypatch.setattr(quotations, "begin", some)


def numbered(number: int, language: str | None = "de") -> inquit.Article:
    return inquit.Article(id=str(number), origin="test", text=f"Nummer {number}. {ARTICLE}" * number, language=language)


def test_articles_read_together_have_the_ledgers_they_have_alone() -> None:
    articles = [numbered(number) for number in (1, 3, 0, 2, 1)]
    assert read_together(articles) == [inquit.read_article(article) for article in articles]
    assert read_together([]) == []
    sure = read_together(articles, min_confidence=0.8)
    assert sure == [inquit.read_article(article, min_confidence=0.8) for article in articles]
    assert sure != read_together(articles)


def test_of_articles_read_together_each_fails_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_at(monkeypatch, "Nummer 2.")
    articles = [numbered(1), numbered(2), numbered(3), numbered(1, "xx"), numbered(1, None)]
    read = read_together(articles)
    assert [type(one) for one in read] == [
        inquit.Ledger,
        ZeroDivisionError,
        inquit.Ledger,
        inquit.LanguageError,
        inquit.Ledger,
    ]
    assert read[0] == inquit.read_article(articles[0])


def test_articles_whose_second_half_fails_are_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [numbered(1), numbered(2)]
    expected = read_together(articles)

    def failing(begun: Begun, language: Language) -> list[tuple[inquit.Quotation, ...]]:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(quotations, "finish", failing)
    assert read_together(articles) == expected


@given(st.lists(st.integers(0, 60_000), max_size=60))
def test_batches_hold_all_items_in_order_and_are_bounded(lengths: list[int]) -> None:
    items = [inquit.Article(id=str(n), origin="test", text="x" * length) for n, length in enumerate(lengths)]
    found = list(batches(items))
    assert [item for batch in found for item in batch] == items
    for batch in found:
        assert 1 <= len(batch) <= TOGETHER
        assert sum(len(item.text) for item in batch[:-1]) < LETTERS_TOGETHER
    assert not found or len(found[0]) == 1


def test_the_first_articles_are_not_kept_waiting_for_a_full_batch() -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    found = batches(numbers())
    for expected in (1, 3, 7, 15, 31, 55):
        next(found)
        assert len(taken) == expected


def test_many_are_read_in_their_order_and_one_failure_stops_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        (tmp_path / f"{number:02}.txt").write_text(f"Nummer {number}. {ARTICLE}", "utf-8")
    fail_at(monkeypatch, "Nummer 5.")
    items = list(inquit.read_many([tmp_path]))
    origins = [item.origin if isinstance(item, inquit.Rejected) else item.article.origin for item in items]
    assert origins == [str(tmp_path / f"{number:02}.txt") for number in range(12)]
    rejected = [item for item in items if isinstance(item, inquit.Rejected)]
    assert [(item.reason, "ZeroDivisionError" in item.detail) for item in rejected] == [("failed", True)]


def test_an_outright_denial_disputes_what_it_denies() -> None:
    text = (
        "Die «Allerzeitung» berichtete am Montag, dass geheime Gespräche über den Verkauf der Stadtwerke liefen. Das "
        "Papier sei lang, sagte der Archivar Udo Kern. Der Kaffee sei kalt gewesen, so Kern. Am Abend bestritt "
        "Bürgermeisterin Vera Tamm, dass es geheime Gespräche über einen Verkauf der Stadtwerke gebe.\n"
    )
    ledger = inquit.read(text)
    said = {quotation.id: "".join(text[b:e] for b, e in quotation.quote) for quotation in ledger.quotations}
    denial = next(quotation for quotation in ledger.quotations if quotation.stance == "deny")
    assert denial.chain[-1].name == "Vera Tamm"
    assert "dass geheime Gespräche über den Verkauf der Stadtwerke liefen" in {said[n] for n in denial.disputes}
    assert ("Vera Tamm", "Allerzeitung") in {(dispute.by, dispute.against) for dispute in ledger.summary.disputes}
