from dataclasses import replace

import pytest
from exportsamples import balance, few, ledgers, sample, source, span
from hypothesis import given

from inquit.exports import wording
from inquit.exports.excerpts import quoted, shorten, visible
from inquit.exports.sourcetree import MOST_SOURCES, source_tree
from inquit.records import Article, Ledger, Quotation, Source, Span, own_statements


def _said(name: str, times: int, first: int = 0) -> tuple[Quotation, ...]:
    one = source("Ada Lenz", name)
    return tuple(
        Quotation(id=first + at, type="Direct", medium="Speech", quote=(Span(0, 3),), chain=(one,), confidence=1.0)
        for at in range(times)
    )


def test_the_first_sentence_names_a_source_that_carries_much_of_the_article() -> None:
    assert wording.lead(balance(_said("Ada Lenz", 3))) == "All 3 statements rest on Ada Lenz."
    assert wording.lead(balance(_said("Ada Lenz", 1))) == "The only statement rests on Ada Lenz."
    mixed = _said("Ada Lenz", 2) + _said("Jo Falk", 1, 2)
    assert wording.lead(balance(mixed)) == "2 of 3 statements rest on Ada Lenz."


def test_the_first_sentence_counts_sources_where_none_carries_much() -> None:
    many = tuple(quotation for at in range(4) for quotation in _said(f"Person {at}", 1, at))
    assert wording.lead(balance(many)) == "4 statements, 4 primary sources. The one with most, Person 0, has 1."


def test_shares_that_are_nought_are_not_told() -> None:
    assert wording.shares(balance(_said("Ada Lenz", 3))) == ""
    assert wording.sentences(balance(())) == ["No statements were found in this article."]


def test_a_chain_is_told_from_the_inside_out() -> None:
    chain = sample().quotations[4].chain
    assert wording.whose_word(chain) == "on the word of ein früherer Beamter, through Hafenpost"
    assert wording.whose_word(chain[-1:]) == ""


def test_the_heading_leaves_furniture_out() -> None:
    text = " date 2024-11 Rat vertagt\nMehr Politik\nText."
    article = Article(id="x", origin="o", text=text, furniture=(Span(0, 13), Span(26, 38)))
    assert wording.heading(article) == "Rat vertagt"
    assert wording.heading(replace(article, text="", furniture=())) == "o"


@pytest.mark.parametrize("address", ["http://[", "", "nur text", "http://\ud800"])
def test_a_bad_address_names_no_outlet(address: str) -> None:
    wording.outlet(Article(id="x", origin="o", text="", url=address))


def test_an_outlet_without_a_name_is_called_by_its_site() -> None:
    assert wording.outlet(Article(id="x", origin="o", text="", url="https://www.bote.example/a")) == "bote.example"


def test_words_left_out_of_a_quote_are_shown_as_such() -> None:
    article = sample().article
    parts = replace(sample().quotations[0], quote=(span("ist der Umbau"), span("gestoppt")))
    assert quoted(article, parts) == "ist der Umbau … gestoppt"


def test_a_long_text_is_cut_between_words() -> None:
    assert shorten("eins zwei drei vier", 15) == "eins zwei drei…"
    assert shorten("Donaudampfschiff", 6) == "Donau…"
    assert shorten("kurz", 4) == "kurz"


def test_harmful_characters_are_replaced_one_by_one() -> None:
    text = "a\x1bb\u202ec\ud800d\x00e\ufffef\u2028g\U000e0041h"
    assert visible(text) == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf g\ufffdh"
    assert visible("„Größe“ – 5 €, Čapek, 日本") == "„Größe“ – 5 €, Čapek, 日本"


@few
@given(ledgers())
def test_the_tree_counts_every_statement_once(ledger: Ledger) -> None:
    tree = source_tree(ledger)
    nodes = tree.root.walk()
    shown = [number for node in nodes for number in node.own]
    assert len(shown) == len(set(shown))
    assert len(shown) + tree.folded_statements == len(own_statements(ledger.quotations))
    assert bool(shown) == bool(ledger.quotations)
    assert all(node.total == len(node.own) + sum(child.total for child in node.children) for node in nodes[1:])


def test_a_tree_of_many_sources_is_folded_and_keeps_those_at_odds() -> None:
    quotations = [quotation for at in range(30) for quotation in _said(f"Person {at}", 1, at)]
    quotations[29] = replace(quotations[29], disputes=(28,))
    tree = source_tree(Ledger(article=sample().article, quotations=tuple(quotations), summary=balance(())))
    names = {node.name for node in tree.root.walk()}
    assert {"Person 28", "Person 29"} <= names
    assert tree.folded_sources == 30 - MOST_SOURCES
    assert len(tree.disputes) == 1


def test_a_source_is_not_its_own_source_and_deep_chains_end() -> None:
    links = tuple(Source(mention=Span(0, 1), name=f"S{at // 2}", kind="person", naming="named") for at in range(40))
    quotation = replace(sample().quotations[0], chain=links)
    tree = source_tree(Ledger(article=sample().article, quotations=(quotation,), summary=balance(())))
    assert [node.name for node in tree.root.walk()[1:]] == ["S0", "S1", "S2", "S3", "S19"]
