"""What the page of an article is made of: parts, entries, timelines, and articles side by side."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.exports.marking import paragraphs
from inquit.records import Article, Ledger, Link, Quotation, SearchHit, Source, Span, Summary
from inquit.web.articleview import LETTERS, STATEMENTS, Known, Shown, article_view
from inquit.web.differing import side_by_side
from inquit.web.phrases import phrases
from inquit.web.timeline import timeline

NOTHING = Summary(statements=0, primary_sources=(), unnamed_share=0, relayed_share=0, unsourced_share=0)
EN = phrases("en")


def article(text: str) -> Article:
    return Article(id="a" * 16, origin="test", text=text, language="de")


def ledger(text: str, *quotes: tuple[int, int]) -> Ledger:
    quotations = tuple(
        Quotation(
            id=n,
            type="Indirect",
            medium="Speech",
            quote=(Span(b, e),),
            confidence=0.5,
            chain=(Source(mention=Span(0, 1), name="Ute", kind="person", naming="named"),),
        )
        for n, (b, e) in enumerate(quotes)
    )
    return Ledger(article=article(text), quotations=quotations, summary=NOTHING)


def words(markup: str) -> str:
    return re.sub(r"<a [^>]*>\d+</a>|<[^>]+>", "", markup)


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=400), st.lists(st.tuples(st.integers(0, 400), st.integers(1, 80)), max_size=6), st.integers(-2, 9)
)
def test_every_paragraph_is_shown_with_its_place(text: str, quotes: list[tuple[int, int]], part: int) -> None:
    spans = [(b, min(b + n, len(text))) for b, n in quotes if b < len(text)]
    view = article_view(ledger(text, *spans), EN, Shown(part=part), Known())
    assert [one.begin for one in view.paragraphs] == [span.begin for span in paragraphs(text)]
    for shown in view.paragraphs:
        markup = str(shown.content)
        assert markup.count("<span") == markup.count("</span>")
        assert not re.search(r"<(?!/?span\b|/?a\b)", markup)
    assert {entry.number for entry in view.entries} == set(range(1, len(spans) + 1))


def test_a_long_article_comes_in_parts_that_hold_everything_once() -> None:
    text = "\n\n".join(f"Absatz {n}. " + "Wort " * 300 for n in range(80))
    quotes = [(found.start(), found.end()) for found in re.finditer(r"Absatz \d+", text)]
    whole = ledger(text, *quotes)
    count = article_view(whole, EN, Shown(), Known()).parts
    assert count > 3
    views = [article_view(whole, EN, Shown(part=n), Known()) for n in range(1, count + 1)]
    assert [p.begin for view in views for p in view.paragraphs] == [span.begin for span in paragraphs(text)]
    assert [e.number for view in views for e in view.entries] == list(range(1, 81))
    assert all(sum(len(words(str(p.content))) for p in view.paragraphs) <= LETTERS for view in views)
    found = article_view(whole, EN, Shown(at=70), Known())
    assert 71 in [entry.number for entry in found.entries]
    assert any('id="found"' in str(p.content) for p in found.paragraphs)


def test_one_endless_paragraph_is_cut_and_many_statements_are_spread() -> None:
    text = "Wort " * 40_000
    whole = ledger(text, *[(n * 20, n * 20 + 10) for n in range(500)])
    first = article_view(whole, EN, Shown(), Known())
    assert first.parts >= len(text) // LETTERS
    assert len(first.entries) <= 2 * STATEMENTS
    assert sum(len(words(str(p.content))) for p in first.paragraphs) <= LETTERS


def carried(before: str, after: str) -> tuple[str, str]:
    """What a comparison of two texts shows, all of it carried: what is gone in brackets, what is new in braces."""
    link = Link(
        derived="b",
        original="a",
        how="copy",
        evidence=(Span(0, len(after)),),
        original_evidence=(Span(0, len(before)),),
    )
    rows = side_by_side(article(before), article(after), link)
    signs = {"same": "{}", "gone": "[{}]", "new": "{{{}}}"}
    return tuple(  # type: ignore[return-value]
        "".join(signs[change].format(piece) for row in rows for piece, change in getattr(row, side))
        for side in ("original", "derived")
    )


def test_changes_are_marked_word_by_word() -> None:
    before, after = carried("Der Bau kostet elf Millionen Euro.", "Der Bau kostet rund zwölf Millionen Euro.")
    assert before == "Der Bau kostet [elf] Millionen Euro."
    assert after == "Der Bau kostet {rund zwölf} Millionen Euro."


@settings(max_examples=80, deadline=None)
@given(st.text("ab .", max_size=60), st.text("ab .", max_size=60))
def test_a_comparison_keeps_every_word_of_both(before: str, after: str) -> None:
    shown = carried(before, after)
    for text, told in zip((before, after), shown, strict=True):
        assert re.sub(r"[\s\[\]{}]", "", told) == re.sub(r"\s", "", text)


def test_what_is_not_carried_stands_between() -> None:
    before, after = article("Nur hier. Beide sagen das."), article("Beide sagen das. Neu dazu.")
    link = Link(derived="b", original="a", how="copy", evidence=(Span(0, 16),), original_evidence=(Span(10, 26),))
    rows = side_by_side(before, after, link)
    assert [(row.carried, row.original[0][0] if row.original else "", row.derived[0][0]) for row in rows] == [
        (False, "Nur hier.", ""),
        (True, "Beide sagen das.", "Beide sagen das."),
        (False, "", "Neu dazu."),
    ]


def hit(number: int, **fields: object) -> SearchHit:
    made = SearchHit(
        id=f"a:{number}",
        kind="statement",
        article="a",
        title=None,
        outlet=f"Blatt {number % 12}",
        url=None,
        published=f"2025-03-{number % 28 + 1:02}T10:00:00",
        snippet="<b>so</b>",
        spans=(),
        matches=(),
        score=0.0,
        naming="named",
        stance="assert",
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def test_statements_over_time_are_marked_by_what_they_do() -> None:
    hits = [
        hit(0),
        hit(1, stance="deny"),
        hit(2, naming="anonymous"),
        hit(3, disputed=True),
        hit(4, published="gestern"),
    ]
    drawn = str(timeline(hits, EN))
    assert (drawn.count('class="cross"'), drawn.count('class="dot hollow"'), drawn.count('class="ring"')) == (1, 1, 1)
    assert drawn.count('class="dot"') == 2
    assert "<b>" not in drawn
    assert timeline(hits[:1], EN) is None
    many = str(timeline([hit(n) for n in range(24)], EN))
    assert "+4" in many
    assert many.count('class="dot"') == 24


def test_the_ends_of_the_drawing_are_the_times_that_the_outlets_give() -> None:
    hits = [hit(0, published="2025-11-18T12:20:00+01:00"), hit(1, published="2025-11-18T07:12:00+02:00")]
    drawn = str(timeline(hits, EN))
    assert drawn.index(">2025-11-18, 07:12<") < drawn.index(">2025-11-18, 12:20<")
    later = str(timeline([*hits, hit(2, published="2025-11-20")], EN))
    assert ">2025-11-18<" in later
    assert ">2025-11-20<" in later
