from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest
import rdflib
from exportsamples import TEXT, few, ledgers, sample, span
from hypothesis import given
from hypothesis import strategies as st

from inquit.exports.iris import agent_iri, article_iri, link, statement_iris, web_address
from inquit.records import Article, Ledger, Quotation, Span

ARTICLE = sample().article


def linked(*quote: Span, article: Article = ARTICLE) -> str:
    found = link(article, Quotation(id=0, type="Direct", medium="Speech", quote=quote, confidence=1.0))
    assert found is not None
    return unquote(found.partition("#:~:text=")[2])


def test_a_short_quote_is_named_as_it_is() -> None:
    assert linked(span("ist der Umbau offenbar gestoppt")) == "ist der Umbau offenbar gestoppt"


def test_a_very_short_quote_is_named_with_the_words_before_it() -> None:
    assert linked(span("es fehle Geld")) == "der Zeitung,-,es fehle Geld"


def test_of_a_quote_over_several_lines_or_parts_beginning_and_end_are_named() -> None:
    assert linked(Span(TEXT.index("Ein früherer"), TEXT.index(": «Wir"))) == (
        "Ein früherer Beamter sagte,der Zeitung, es fehle Geld"
    )
    assert linked(span("offenbar gestoppt"), span("es fehle Geld")) == "offenbar gestoppt,es fehle Geld"


def test_signs_that_mean_something_in_a_link_are_escaped() -> None:
    article = replace(ARTICLE, text="Die Süd-West-Bahn, Tor 3 & 4 bleiben zu")
    found = link(article, Quotation(id=0, type="Direct", medium="Speech", quote=(Span(0, 39),), confidence=1.0))
    assert found == (
        "https://kuestenblick.example/umbau#:~:text=Die%20S%C3%BCd%2DWest%2DBahn%2C%20Tor%203%20%26%204%20bleiben%20zu"
    )


def test_a_link_goes_behind_the_fragment_that_is_there() -> None:
    article = replace(ARTICLE, url="https://a.example/x#live")
    found = link(article, sample().quotations[0])
    assert found is not None
    assert found.startswith("https://a.example/x#live:~:text=ist")


@pytest.mark.parametrize(
    "url", [None, "", "umbau", "file:///etc/passwd", "javascript:alert(1)", "https://", "http://[::"]
)
def test_only_addresses_of_the_web_are_links(url: str | None) -> None:
    article = replace(ARTICLE, url=url)
    assert link(article, sample().quotations[0]) is None
    assert article_iri(article) == "urn:inquit:article:a1"


def test_statements_with_equal_quotes_have_names_of_their_own() -> None:
    ledger = sample()
    twice = replace(ledger, quotations=(*ledger.quotations, replace(ledger.quotations[0], id=8)))
    assert len(set(statement_iris(twice).values())) == 9
    assert statement_iris(twice)[1] == statement_iris(ledger)[1]


def test_a_name_stays_when_the_reader_counts_otherwise() -> None:
    ledger = sample()
    later = replace(ledger, quotations=tuple(replace(q, id=q.id + 3) for q in ledger.quotations))
    assert list(statement_iris(later).values()) == list(statement_iris(ledger).values())


@few
@given(ledgers(), st.text(), st.sampled_from(["http://a.example/", "https://ä.example/?q="]))
def test_all_names_are_valid_iris(ledger: Ledger, text: str, address: str) -> None:
    article = replace(ledger.article, id=text, url=address + text)
    named = replace(ledger, article=article)
    links = [link(article, q) for q in ledger.quotations]
    names = [article_iri(article), agent_iri(article, "person", text, {}), *statement_iris(named).values(), *links]
    assert all(name is not None and rdflib.URIRef(name).n3() == f"<{name}>" for name in names)
    assert all(name is not None and name.isascii() for name in names)


@given(st.text())
def test_no_url_raises(url: str) -> None:
    found = web_address(url)
    assert found is None or urlsplit(found).scheme in {"http", "https"}
