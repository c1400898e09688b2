"""The tree of sources counts what the source balance counts."""

from dataclasses import replace

from inquit.exports.html import to_html
from inquit.exports.sourcetree import source_tree
from inquit.records import Article, Ledger, Quotation, Source, Span, Summary, own_statements

TEXT = 'Man habe "gelacht", sagte Ada Brunn. "Nein", sagte Cleo Dorn.'
EMPTY = Summary(statements=0, primary_sources=(), unnamed_share=0.0, relayed_share=0.0, unsourced_share=0.0)


def said(number: int, name: str, parent: int | None = None) -> Quotation:
    source = Source(mention=Span(0, 1), name=name, kind="person", naming="named")
    quote = (Span(number, number + 1),)
    return Quotation(
        id=number, type="Indirect", medium="Speech", quote=quote, chain=(source,), parent=parent, confidence=1.0
    )


def ledger(*quotations: Quotation) -> Ledger:
    return Ledger(article=Article(id="a", origin="a.txt", text=TEXT), quotations=quotations, summary=EMPTY)


def test_words_in_marks_inside_what_the_same_source_says_are_no_statement_more() -> None:
    quotations = (said(0, "Ada Brunn"), said(1, "ADA  Brunn", parent=0), said(2, "Cleo Dorn"))
    root = source_tree(ledger(*quotations)).root
    assert [one.id for one in own_statements(quotations)] == [0, 2]
    assert (root.total, [(child.name, child.total) for child in root.children]) == (
        2,
        [("Ada Brunn", 1), ("Cleo Dorn", 1)],
    )


def test_what_somebody_else_says_inside_a_statement_is_one_more() -> None:
    tree = source_tree(ledger(said(0, "Ada Brunn"), said(1, "Cleo Dorn", parent=0)))
    assert tree.root.total == 2


def test_a_statement_inside_one_that_is_not_there_is_counted() -> None:
    tree = source_tree(ledger(replace(said(1, "Ada Brunn"), parent=7)))
    assert tree.root.total == 1


def test_the_head_of_a_report_counts_as_the_balance_does() -> None:
    shown = to_html([ledger(said(0, "Ada Brunn"), said(1, "Ada Brunn", parent=0), said(2, "Cleo Dorn"))])
    assert "1 article, 2 statements" in shown
