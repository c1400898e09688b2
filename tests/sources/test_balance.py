"""The source balance: what rests on whom, counted once, with shares and disputes."""

from dataclasses import replace

import pytest
from marking import article

from inquit.records import Kind, Naming, Quotation, Source, Span
from inquit.sources import balance

TEXT = "x" * 200


def source(name: str, kind: Kind = "person", naming: Naming = "named") -> Source:
    return Source(mention=Span(0, 1), name=name, kind=kind, naming=naming)


PAPER = source("Talbote", "outlet")
CLERK = source("ein Beamter", naming="anonymous")
DOE = source("Jo Doe")


def statement(number: int, *chain: Source, parent: int | None = None, disputes: tuple[int, ...] = ()) -> Quotation:
    return Quotation(
        id=number,
        type="Indirect",
        medium="Speech",
        quote=(Span(number * 10, number * 10 + 5),),
        chain=chain,
        parent=parent,
        disputes=disputes,
        confidence=1.0,
    )


def test_an_empty_article_has_an_empty_balance() -> None:
    summary = balance(article(""), ())
    assert (summary.statements, summary.primary_sources, summary.unnamed_share) == (0, (), 0.0)


def test_sources_are_counted_once_with_the_heaviest_first() -> None:
    summary = balance(
        article(TEXT),
        (statement(0, DOE), statement(1, PAPER, CLERK), statement(2, PAPER, CLERK), statement(3), statement(4, CLERK)),
    )
    assert [(row.name, row.statements) for row in summary.primary_sources] == [
        ("ein Beamter", (1, 2, 4)),
        ("Jo Doe", (0,)),
    ]
    assert summary.primary_sources[0].share == pytest.approx(0.6)
    assert summary.unnamed_share == pytest.approx(0.6)
    assert summary.relayed_share == pytest.approx(0.4)
    assert summary.unsourced_share == pytest.approx(0.2)


def test_through_names_media_only_where_nothing_came_directly() -> None:
    through = balance(article(TEXT), (statement(0, PAPER, CLERK), statement(1, PAPER, CLERK))).primary_sources[0]
    assert through.through == ("Talbote",)
    mixed = balance(article(TEXT), (statement(0, PAPER, CLERK), statement(1, CLERK))).primary_sources[0]
    assert mixed.through == ()


def test_a_person_in_between_is_no_medium() -> None:
    assert balance(article(TEXT), (statement(0, DOE, CLERK),)).relayed_share == 0.0


def test_words_inside_a_statement_of_the_same_source_are_not_counted_again() -> None:
    nested = statement(1, DOE, parent=0)
    other = statement(2, DOE, CLERK, parent=0)
    summary = balance(article(TEXT), (statement(0, DOE), nested, other))
    assert summary.statements == 2
    assert {row.name: row.statements for row in summary.primary_sources} == {"Jo Doe": (0,), "ein Beamter": (2,)}


def test_disputes_name_both_sides() -> None:
    summary = balance(article(TEXT), (statement(0, PAPER, CLERK), statement(1, DOE, disputes=(0, 99))))
    assert [(d.quotation, d.disputed, d.by, d.against) for d in summary.disputes] == [(1, 0, "Jo Doe", "ein Beamter")]
    assert summary.primary_sources[0].disputed_by == ("Jo Doe",)


def test_furniture_share_is_of_the_characters() -> None:
    given = replace(article(TEXT), furniture=(Span(0, 50),))
    assert balance(given, ()).furniture_share == pytest.approx(0.25)
