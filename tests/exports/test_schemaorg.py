import json
from dataclasses import replace
from typing import Any

import rdflib
from exporting import evil, judged, part, written
from exportsamples import few, ledgers, sample, source
from hypothesis import given
from rdflib.namespace import SDO

from inquit.exports.iris import statement_iris
from inquit.exports.schemaorg import CONTEXT, to_schema
from inquit.exports.selection import Selection
from inquit.records import Ledger

# What https://schema.org gives as a context, as the network is not there to load it: the vocabulary, and the types of
# those properties that are used here and have some.
SCHEMA: dict[str, Any] = {
    "@vocab": str(SDO),
    **{name: {"@type": "@id"} for name in ("url", "isBasedOn", "inDefinedTermSet")},
    "datePublished": {"@type": "Date"},
}


def graph(*items: Selection | Ledger) -> rdflib.Graph:
    """What a JSON-LD library takes the export for."""
    content: dict[str, Any] = json.loads(written(to_schema, *items))
    assert content["@context"] == CONTEXT == "https://schema.org"
    content["@context"] = SCHEMA
    return rdflib.Graph().parse(data=json.dumps(content), format="json-ld")


def quotation(number: int) -> rdflib.URIRef:
    return rdflib.URIRef(statement_iris(sample())[number])


def test_an_article_has_quotations_as_parts() -> None:
    found = graph(sample())
    article = rdflib.URIRef("https://kuestenblick.example/umbau")
    assert (article, rdflib.RDF.type, SDO.NewsArticle) in found
    assert set(found.objects(article, SDO.hasPart)) == {quotation(number) for number in range(8)}
    assert set(found.subjects(rdflib.RDF.type, SDO.Quotation)) >= {quotation(number) for number in range(8)}
    assert str(found.value(article, SDO.headline)) == "Umbau verschoben"
    assert str(found.value(found.value(article, SDO.publisher), SDO.name)) == "Küstenblick"
    assert str(found.value(article, SDO.datePublished)) == "2024-11-05T06:00:00+01:00"


def test_a_quotation_names_who_speaks_and_through_whom_it_is_known() -> None:
    found = graph(judged())
    speaker = found.value(quotation(0), SDO.spokenByCharacter)
    assert str(speaker) == "urn:inquit:source:s0a"
    assert (speaker, rdflib.RDF.type, SDO.Person) in found
    (through,) = found.objects(quotation(0), SDO.isBasedOn)
    assert str(found.value(found.value(through, SDO.publisher), SDO.name)) == "Hafenpost"
    assert str(found.value(quotation(0), SDO.text)) == "ist der Umbau offenbar gestoppt"
    labels = {str(found.value(one, SDO.name)) for one in found.objects(quotation(5), SDO.keywords)}
    assert labels == {"Indirect", "Speech", "deny", "person", "named"}


def test_a_link_opens_the_page_at_the_quote() -> None:
    assert str(graph(sample()).value(quotation(0), SDO.url)).endswith(
        "/umbau#:~:text=ist%20der%20Umbau%20offenbar%20gestoppt"
    )


def test_a_document_does_not_speak_but_is_what_a_quotation_is_based_on() -> None:
    ledger = sample()
    paper = source("Der Rat", "Ratsvorlage", "document")
    found = graph(replace(ledger, quotations=(replace(ledger.quotations[4], parent=None, chain=(paper,)),)))
    assert found.value(quotation(4), SDO.spokenByCharacter) is None
    (work,) = found.objects(quotation(4), SDO.isBasedOn)
    assert (work, rdflib.RDF.type, SDO.CreativeWork) in found
    assert str(found.value(work, SDO.name)) == "Ratsvorlage"


def test_what_a_person_calls_wrong_is_left_out_and_what_is_not_chosen() -> None:
    article = rdflib.URIRef("https://kuestenblick.example/umbau")
    for selection, there in ((judged(), range(7)), (part(), (0, 5))):
        assert set(graph(selection).objects(article, SDO.hasPart)) == {quotation(number) for number in there}


def test_every_term_is_one_of_schema_org() -> None:
    found = graph(judged(), evil(), sample())
    terms = {*found.predicates(), *found.objects(None, rdflib.RDF.type)} - {rdflib.RDF.type}
    # The namespace is closed in rdflib: it has exactly the terms that schema.org defines.
    assert [str(term) for term in terms if term not in SDO] == []  # type: ignore[attr-defined]
    assert len(terms) > 12


@few
@given(ledgers())
def test_any_ledger_is_read_by_a_json_ld_library(ledger: Ledger) -> None:
    found = graph(ledger)
    parts = set(found.objects(rdflib.URIRef("urn:inquit:article:x"), SDO.hasPart))
    assert len(parts) == len(ledger.quotations)


def test_nothing_is_an_empty_graph() -> None:
    assert len(graph()) == 0
