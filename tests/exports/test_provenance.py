import io
import json
from dataclasses import replace

import pytest
import rdflib
from exporting import evil, judged, part, written
from exportsamples import few, ledgers, sample
from hypothesis import given
from prov.constants import PROV, PROV_TYPE
from prov.model import ProvBundle, ProvDerivation, ProvDocument, ProvEntity, ProvRecord
from rdflib.namespace import PROV as TERMS

from inquit.exports.iris import statement_iris
from inquit.exports.provenance import to_prov
from inquit.exports.selection import Selection
from inquit.records import Ledger

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def document(*items: Selection | Ledger) -> ProvDocument:
    return ProvDocument.deserialize(content=written(to_prov, *items).decode(), format="json")


def bundle(*items: Selection | Ledger) -> ProvBundle:
    (found,) = document(*items).bundles
    return found


def iri_of(record: ProvBundle | ProvRecord) -> str:
    assert record.identifier is not None
    return str(record.identifier.uri)


def derivations(found: ProvBundle, kind: str | None) -> set[tuple[str, str]]:
    """Pairs of what is derived and what it is derived from, of one kind or of none."""
    wanted = {PROV[kind]} if kind else set()
    return {
        (str(record.args[0].uri), str(record.args[1].uri))
        for record in found.get_records(ProvDerivation)
        if {value for name, value in record.attributes if name == PROV_TYPE} == wanted
    }


def graph(*items: Selection | Ledger) -> rdflib.Dataset:
    data = rdflib.Dataset(default_union=True)
    text = document(*items).serialize(format="rdf", rdf_format="trig")
    data.parse(io.StringIO(text), format="trig")
    return data


def test_a_quotation_repeats_what_the_relay_and_the_primary_source_said() -> None:
    iri = statement_iris(sample())[2]
    found = bundle(sample())
    assert derivations(found, "Quotation") >= {(iri, f"{iri}&source=0"), (f"{iri}&source=0", f"{iri}&source=1")}
    assert (iri, f"{iri}&source=1") in derivations(found, "PrimarySource")


def test_what_is_told_in_other_words_is_derived_but_no_quotation() -> None:
    iri = statement_iris(sample())[0]
    found = bundle(sample())
    assert (iri, f"{iri}&source=0") in derivations(found, None)
    assert iri not in {derived for derived, _ in derivations(found, "Quotation")}
    assert (iri, f"{iri}&source=1") in derivations(found, "PrimarySource")


def test_an_article_derives_from_the_outlets_that_it_reports_on() -> None:
    relayed = {of for derived, of in derivations(bundle(sample()), None) if derived == "urn:inquit:article:a1"}
    irises = statement_iris(sample())
    assert relayed == {f"{irises[number]}&source=0" for number in range(5)}


def test_prov_in_rdf_has_the_three_relations_of_the_standard() -> None:
    found = graph(sample())
    iri = statement_iris(sample())[2]
    said = rdflib.URIRef(f"{iri}&source=1")
    assert said in set(found.objects(rdflib.URIRef(iri), TERMS.qualifiedPrimarySource / TERMS.entity))
    told = set(found.objects(rdflib.URIRef(iri), TERMS.qualifiedQuotation / TERMS.entity))
    assert told == {rdflib.URIRef(f"{iri}&source=0")}
    assert list(found.objects(rdflib.URIRef(statement_iris(sample())[0]), TERMS.wasDerivedFrom))
    (agent,) = found.objects(said, TERMS.wasAttributedTo)
    assert str(agent) == "urn:inquit:article:a1#person=ein%20fr%C3%BCherer%20Beamter"
    assert (agent, rdflib.RDF.type, TERMS.Person) in found


def test_prov_in_xml_calls_the_relations_by_their_names() -> None:
    text = document(sample()).serialize(format="xml") or ""
    assert {f"<prov:{name}>" in text for name in ("wasQuotedFrom", "hadPrimarySource", "wasDerivedFrom")} == {True}


def test_the_article_is_this_text_of_the_page_at_its_address() -> None:
    found = graph(sample())
    (page,) = found.objects(rdflib.URIRef("urn:inquit:article:a1"), TERMS.specializationOf)
    assert str(page) == "https://kuestenblick.example/umbau"


def test_a_source_has_its_name_of_the_corpus_as_relay_too() -> None:
    selection = judged()
    ledger = selection.ledger
    relayed = replace(ledger.quotations[6], chain=(*ledger.quotations[5].chain, *ledger.quotations[0].chain[-1:]))
    changed = replace(ledger, quotations=(*ledger.quotations[:6], relayed, *ledger.quotations[7:]))
    found = graph(replace(selection, ledger=changed, sources={5: "s0b"}))
    iri = statement_iris(changed)[6]
    (agent,) = found.objects(rdflib.URIRef(f"{iri}&source=0"), TERMS.wasAttributedTo)
    assert str(agent) == "urn:inquit:source:s0b"


def test_what_a_person_calls_wrong_is_left_out_and_what_is_not_chosen() -> None:
    for selection, there in ((judged(), {0, 1, 2, 3, 4, 5, 6}), (part(), {0, 5})):
        entities = {iri_of(entity) for entity in bundle(selection).get_records(ProvEntity)}
        irises = statement_iris(sample())
        assert {number for number, iri in irises.items() if iri in entities} == there


def test_each_ledger_is_a_bundle_and_the_whole_can_be_made_flat() -> None:
    other = replace(sample(), article=replace(sample().article, id="a2", url=None))
    found = document(sample(), other, sample())
    names = {iri_of(one) for one in found.bundles}
    assert names == {
        f"urn:inquit:article:{id_}#ledger{more}" for id_, more in (("a1", ""), ("a2", ""), ("a1", "&position=2"))
    }
    entities = {iri_of(entity) for entity in found.flattened().get_records(ProvEntity)}
    assert {"urn:inquit:article:a1", "urn:inquit:article:a2"} <= entities


def test_nothing_is_a_document_without_bundles() -> None:
    assert list(document().bundles) == []


def test_what_is_read_back_is_what_was_written() -> None:
    found = document(judged())
    assert ProvDocument.deserialize(content=found.serialize(format="json"), format="json") == found


@few
@given(ledgers())
def test_any_ledger_is_read_by_the_prov_library(ledger: Ledger) -> None:
    found = bundle(ledger)
    with_source = sum(bool(q.chain) for q in ledger.quotations)
    assert len(derivations(found, "PrimarySource")) == with_source


def test_hostile_text_is_read_by_the_prov_library() -> None:
    assert len(derivations(bundle(evil()), "PrimarySource")) == 8
    assert json.loads(written(to_prov, evil()))
