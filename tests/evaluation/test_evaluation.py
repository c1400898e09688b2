"""Figures over small gold: what counts as found, as right, and what is listed as a mistake."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inquit.errors import UsageError
from inquit.evaluation import as_dict, evaluate, load, mistake_table, table, variant_table, variants
from inquit.evaluation.calibration import calibration
from inquit.evaluation.chains import name_comparison
from inquit.evaluation.gold import GoldArticle
from inquit.languages import language
from inquit.records import Article, Ledger, Quotation, Source, Span, Spans, Summary

TEXT = "Die Straße bleibt zu, sagte Eva Muster. „Wir bauen“, sagte Jan Beispiel.\n\nEr sei „müde“."


def at(part: str, start: int = 0) -> Span:
    begin = TEXT.index(part, start)
    return Span(begin, begin + len(part))


FIRST = Quotation(
    id=0, type="Indirect", medium="Speech", quote=(at("Die Straße bleibt zu"),), speaker=(at("Eva Muster"),),
    cue=(at("sagte"),), frame=(at(", sagte Eva Muster"),), confidence=0.9,
    chain=(Source(mention=at("Eva Muster"), name="Eva Muster", kind="person", naming="named"),), why=("cue: sagte",),
)  # fmt: skip
SECOND = Quotation(
    id=1, type="Direct", medium="Speech", quote=(at("„Wir bauen“"),), speaker=(at("Jan Beispiel"),),
    cue=(at("sagte", 40),), frame=(at(", sagte Jan Beispiel"),), confidence=0.9, stance="commit", hedges=(at("sei"),),
    disputes=(0,),
)  # fmt: skip
THIRD = Quotation(
    id=2, type="IndirectFreeIndirect", medium="Speech", quote=(at("Er sei „müde“."),), speaker=(at("Jan Beispiel"),),
    confidence=0.3,
)  # fmt: skip


def as_gold(quotation: Quotation) -> dict[str, Any]:
    gold = {part: [list(span) for span in getattr(quotation, part)] for part in ("quote", "speaker", "cue", "frame")}
    chain = [
        {"mention": list(link.mention), "name": link.name, "kind": link.kind, "naming": link.naming}
        for link in quotation.chain
    ]
    rest = {"stance": quotation.stance, "hedges": [list(span) for span in quotation.hedges], "addressee": []}
    edges = {"disputes": list(quotation.disputes), "supports": list(quotation.supports)}
    labels = {"id": quotation.id, "type": quotation.type, "medium": quotation.medium}
    return {**gold, "chain": chain, **rest, **edges, **labels}


def write(path: Path, *quotations: Quotation, text: str = TEXT) -> Path:
    article = {"id": "a", "language": "de", "text": text}
    path.write_text(json.dumps({"article": article, "quotations": [as_gold(q) for q in quotations]}) + "\n\n", "utf-8")
    return path


@pytest.fixture
def gold(tmp_path: Path) -> tuple[GoldArticle, ...]:
    return load(write(tmp_path / "gold.jsonl", FIRST, SECOND, THIRD))


def reading(*quotations: Quotation) -> Callable[[Article], Ledger]:
    summary = Summary(statements=0, primary_sources=(), unnamed_share=0, relayed_share=0, unsourced_share=0)
    return lambda article: Ledger(article=article, quotations=quotations, summary=summary)


def test_what_is_read_as_in_the_gold_is_all_right(gold: tuple[GoldArticle, ...]) -> None:
    figures = evaluate(gold, reading(FIRST, SECOND, THIRD))
    assert {score.f1 for score in figures.quotations.macro.values()} == {100.0}
    assert {score.f1 for score in figures.quotations.strict.values()} == {100.0}
    assert figures.quotations.recall_by_type == {"Direct": 100.0, "Indirect": 100.0, "IndirectFreeIndirect": 100.0}
    assert figures.mistakes == ()
    assert figures.chains is not None
    assert figures.chains.accuracy["chain"] == 100.0
    assert figures.chains.accuracy["chain2+"] is None
    assert figures.chains.hedges.f1 == figures.chains.disputes.f1 == 100.0
    assert figures.chains.supports.f1 == 0.0


def test_nothing_read_is_nothing_found(gold: tuple[GoldArticle, ...]) -> None:
    figures = evaluate(gold, reading())
    assert figures.quotations.macro["joint"].f1 == 0
    assert figures.quotations.strict["quote"].recall == 0
    assert [mistake.kind for mistake in figures.mistakes] == ["missed"] * 3
    assert figures.chains is not None
    assert figures.chains.accuracy["found"] == 0
    assert figures.chains.accuracy["stance_other"] == 0


def test_a_wrong_type_is_found_but_not_right(gold: tuple[GoldArticle, ...]) -> None:
    figures = evaluate(gold, reading(replace(FIRST, type="Reported"), SECOND, THIRD))
    assert figures.quotations.strict["quote"].f1 == 100
    assert figures.quotations.strict["type"].f1 == pytest.approx(66.67)
    assert [mistake.kind for mistake in figures.mistakes] == ["wrong type"]
    assert "Reported by [Eva Muster]: Die Straße bleibt zu" in str(figures.mistakes[0].read)


def test_a_wrong_speaker_is_listed_with_both_speakers(gold: tuple[GoldArticle, ...]) -> None:
    figures = evaluate(gold, reading(replace(FIRST, speaker=(at("Jan Beispiel"),)), SECOND, THIRD))
    shown = mistake_table(figures.mistakes, 1)
    assert figures.quotations.strict["quote+speaker"].f1 == pytest.approx(66.67)
    assert "wrong speaker: 1" in shown
    assert "gold  Indirect by [Eva Muster]" in shown
    assert "read  Indirect by [Jan Beispiel]" in shown
    assert "why   cue: sagte" in shown


def test_a_quote_with_half_its_tokens_is_found_with_a_wrong_span(gold: tuple[GoldArticle, ...]) -> None:
    figures = evaluate(gold, reading(replace(FIRST, quote=(at("bleibt zu"),)), SECOND, THIRD))
    assert figures.quotations.strict["quote"].f1 == 100
    assert figures.quotations.strict["exact"].f1 == pytest.approx(66.67)
    assert [mistake.kind for mistake in figures.mistakes] == ["wrong span"]


def test_a_spurious_quotation_lowers_precision_only(gold: tuple[GoldArticle, ...]) -> None:
    spurious = replace(FIRST, id=3, quote=(at("Jan Beispiel"),))
    figures = evaluate(gold, reading(FIRST, SECOND, THIRD, spurious))
    assert figures.quotations.strict["quote"].recall == 100
    assert figures.quotations.strict["quote"].precision == 75
    assert [mistake.kind for mistake in figures.mistakes] == ["spurious"]


def test_macro_counts_types_of_pairs_without_overlap_and_strict_does_not(gold: tuple[GoldArticle, ...]) -> None:
    nonsense = replace(SECOND, quote=(at("Jan Beispiel"),))
    figures = evaluate(gold, reading(nonsense))
    assert figures.quotations.macro["medium"].precision == 100
    assert figures.quotations.strict["type"].f1 == 0


def test_confidence_that_says_what_happens_is_calibrated(gold: tuple[GoldArticle, ...]) -> None:
    sure = [replace(one, confidence=1.0) for one in (FIRST, SECOND, THIRD)]
    assert evaluate(gold, reading(*sure)).calibration.error == 0
    wrong = [replace(one, type="Reported") for one in sure]
    assert evaluate(gold, reading(*wrong)).calibration.error == 1


def test_the_calibration_error_weighs_bins_by_their_size() -> None:
    found = calibration([(0.95, True), (0.95, True), (0.95, False), (0.05, False)])
    assert [one.count for one in found.bins] == [1, 3]
    assert found.error == pytest.approx((3 * abs(0.95 - 2 / 3) + 0.05) / 4)
    assert calibration([]).error == 0
    assert calibration([(1.0, True)]).bins[0].right == 1


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("die Ministerin Eva Muster", "Muster", True),
        ("„Tagesbote“", "Tagesboten", True),
        ("Eva Muster", "Jan Muster", False),
        ("Muster", "Muster AG", False),
        (None, "", True),
        (None, "Muster", False),
        ("Straßenamt", "Strassenamtes", True),
    ],
)
def test_names_are_compared_without_titles_and_endings(name: str | None, other: str, same: bool) -> None:
    compare = name_comparison(language("de"))
    assert compare(name, other) is same
    assert compare(other, name) is same


def test_the_dataset_format_is_scored_by_its_own_tokens(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(dataset()), "utf-8")
    (article,) = load(path)
    assert [TEXT_2[begin:end] for begin, end in article.tokens] == ["„", "Ja", "“", ",", "sagte", "Eva", "."]
    assert article.quotations[0].scored.tokens["speaker"] == (5,)
    assert not article.has_chains
    read = Quotation(
        id=0, type="Direct", medium="Speech", quote=(Span(0, 4),), speaker=(Span(12, 15),), cue=(Span(6, 11),),
        frame=(Span(4, 15),), confidence=1.0,
    )  # fmt: skip
    figures = evaluate([article], reading(read))
    assert figures.chains is None
    assert {score.f1 for score in figures.quotations.macro.values()} == {100.0}


TEXT_2 = "„Ja“, sagte Eva."


def dataset() -> dict[str, Any]:
    def part(*tokens: int) -> dict[str, Any]:
        return {"tokenIds": list(tokens), "spans": [{"charBegin": 0, "charEnd": 4}]}

    annotation = {"id": 7, "type": "Direct", "medium": "Speech", "quote": part(0, 1, 2), "speaker": part(5)}
    annotation |= {"cue": part(4), "frame": part(3, 4, 5), "addressee": part()}
    sentence = {"charBegin": 0, "tokens": ["„", "Ja", "“", ",", "sagte", "Eva", "."]}
    return {"documentName": "a", "originalText": TEXT_2, "sentences": [sentence], "annotations": [annotation]}


@pytest.mark.parametrize("content", ["no json", '{"article": {"text": "a"}}', "[1]", '{"originalText": "a"}'])
def test_what_is_not_gold_is_refused_with_its_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(UsageError, match="line 1"):
        load(path)
    with pytest.raises(UsageError, match="cannot be read"):
        load(tmp_path / "missing.jsonl")


def test_variants_carry_all_offsets_over(gold: tuple[GoldArticle, ...]) -> None:
    made = variants(gold)
    texts = {name: article.article.text for name, (article,) in made.items()}
    assert texts["as it is"] == TEXT
    assert texts["ß to ss"] == TEXT.replace("ß", "ss")
    assert texts["„…“ to «…»"] == TEXT.translate(str.maketrans("„“", "«»"))
    assert texts['„…“ to "…"'] == TEXT.translate(str.maketrans("„“", '""'))
    assert texts["no marks, no paragraphs"] == TEXT.replace("\n\n", " ").replace("„müde“", "müde")
    for name, (article,) in made.items():
        text = article.article.text
        quotes = ["".join(text[b:e] for b, e in one.quote) for one in article.quotations]
        assert quotes[0] == ("Die Strasse bleibt zu" if name == "ß to ss" else "Die Straße bleibt zu")
        assert [token_text(article, one.scored.tokens["speaker"]) for one in article.quotations] == [
            "EvaMuster", "JanBeispiel", "JanBeispiel",
        ]  # fmt: skip
        assert token_text(article, article.quotations[2].scored.tokens["quote"]).strip('"„“«».') in {
            "Ersei„müde", "Erseimüde", "Ersei«müde", 'Ersei"müde',
        }  # fmt: skip


def token_text(article: GoldArticle, numbers: tuple[int, ...]) -> str:
    return "".join(article.article.text[slice(*article.tokens[number])] for number in numbers)


def test_reading_the_moved_gold_is_all_right_in_every_variant(gold: tuple[GoldArticle, ...]) -> None:
    for (article,) in variants(gold).values():
        moved = [
            replace(one, quote=theirs.quote, speaker=theirs.speaker, cue=(), frame=())
            for one, theirs in zip((FIRST, SECOND, THIRD), article.quotations, strict=True)
        ]
        figures = evaluate([article], reading(*moved))
        assert figures.quotations.strict["quote+speaker"].f1 == 100
        assert figures.quotations.macro["message"].f1 == 100


def test_tables_show_the_figures(gold: tuple[GoldArticle, ...]) -> None:
    figures = evaluate(gold, reading(FIRST, SECOND))
    shown = table(figures)
    assert "1 articles, 3 gold quotations, 2 read" in shown
    assert "Indirect 100.0" in shown
    assert "expected calibration error 0.100" in shown
    lines = variant_table({"as it is": figures, "other": evaluate(gold, reading())}).splitlines()
    assert lines[1].endswith("+0.00")
    assert lines[2].split()[-1].startswith("-")
    assert mistake_table([], 3) == "no mistakes"


def test_figures_become_json(gold: tuple[GoldArticle, ...]) -> None:
    plain = as_dict(evaluate(gold, reading(FIRST)))
    assert json.loads(json.dumps(plain)) == plain
    assert plain["mistakes"] == {"missed": 2}
    assert plain["quotations"]["strict"]["quote"]["precision"] == 100


def test_spans_of_roles_need_half_in_common(gold: tuple[GoldArticle, ...]) -> None:
    long: Spans = (at("Eva Muster. „Wir bauen“, sagte"),)
    figures = evaluate(gold, reading(replace(FIRST, speaker=long), SECOND, THIRD))
    assert figures.quotations.strict["speaker"].f1 == pytest.approx(66.67)
