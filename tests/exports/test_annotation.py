import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import rdflib
from exporting import evil, judged, part, written
from exportsamples import TEXT, few, ledgers, sample
from hypothesis import given
from rdflib.namespace import DC, DCTERMS, FOAF, RDF, RDFS, XSD

from inquit.exports.annotation import CONTEXT, to_annotations
from inquit.exports.iris import TERMS as OWN
from inquit.exports.iris import statement_iris
from inquit.exports.selection import Selection
from inquit.records import Ledger

# The vocabulary of https://www.w3.org/TR/annotation-vocab/, closed: a term that it does not define raises.
TERMS = rdflib.namespace.ClosedNamespace(
    "http://www.w3.org/ns/oa#",
    [
        *("Annotation", "TextualBody", "SpecificResource", "TextPositionSelector", "TextQuoteSelector", "TimeState"),
        *("hasBody", "hasTarget", "hasSource", "hasSelector", "hasState", "hasPurpose", "motivatedBy", "cachedSource"),
        *("start", "end", "exact", "prefix", "suffix", "describing", "assessing"),
    ],
)
AS = rdflib.Namespace("http://www.w3.org/ns/activitystreams#")
UNKNOWN = "urn:unknown:"


def link(iri: Any, kind: str = "@id", **more: str) -> dict[str, str]:
    return {"@id": str(iri), "@type": kind, **more}


# The terms of http://www.w3.org/ns/anno.jsonld that are used here, with their types, as the network is not there to
# load it and no package carries it. What is not among them becomes an unknown term, which a test finds. `assessing` is
# left out, as in the copies that programs took before 2021.
W3C: dict[str, Any] = {
    "@vocab": UNKNOWN,
    "oa": str(TERMS),
    "id": "@id",
    "type": "@type",
    **{name: str(TERMS[name]) for name in ("Annotation", "TextualBody", "SpecificResource", "TextPositionSelector",
                                           "TextQuoteSelector", "TimeState", "describing")},
    **{name: str(TERMS[name]) for name in ("exact", "prefix", "suffix")},
    **{name: link(TERMS[name], str(XSD.nonNegativeInteger)) for name in ("start", "end")},
    "body": link(TERMS.hasBody), "target": link(TERMS.hasTarget), "source": link(TERMS.hasSource),
    "selector": link(TERMS.hasSelector), "state": link(TERMS.hasState), "cached": link(TERMS.cachedSource),
    "motivation": link(TERMS.motivatedBy, "@vocab"), "purpose": link(TERMS.hasPurpose, "@vocab"),
    "Software": str(AS.Application), "AnnotationCollection": str(AS.OrderedCollection),
    "AnnotationPage": str(AS.OrderedCollectionPage), "generator": link(AS.generator),
    "items": link(AS["items"], **{"@container": "@list"}), "partOf": link(AS.partOf), "first": link(AS.first),
    "total": link(AS.totalItems, str(XSD.nonNegativeInteger)),
    "startIndex": link(AS.startIndex, str(XSD.nonNegativeInteger)),
    "format": str(DC.format), "created": link(DCTERMS.created, str(XSD.dateTime)), "value": str(RDF.value),
    "name": str(FOAF.name), "label": str(RDFS.label),
}  # fmt: skip


def content(*items: Selection | Ledger) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(to_annotations, *items))
    return found


def graph(*items: Selection | Ledger) -> rdflib.Graph:
    """What a JSON-LD library takes the annotations for."""
    found = content(*items)
    assert found["@context"] == CONTEXT
    assert CONTEXT[0] == "http://www.w3.org/ns/anno.jsonld"
    found["@context"] = [W3C, CONTEXT[1]]
    return rdflib.Graph().parse(data=json.dumps(found), format="json-ld")


def target(found: rdflib.Graph, iri: str) -> dict[str, Any]:
    """The selectors of an annotation's one target, by the names of their properties."""
    (node,) = found.objects(rdflib.URIRef(f"{iri}&annotation"), TERMS.hasTarget)
    selectors = list(found.objects(node, TERMS.hasSelector))
    told = [pair for one in selectors for pair in found.predicate_objects(one)]
    values = {str(p).removeprefix(str(TERMS)): o.toPython() for p, o in told if isinstance(o, rdflib.Literal)}
    (source,) = found.objects(node, TERMS.hasSource)
    return {**values, "source": str(source)}


def test_a_target_is_found_by_position_and_by_the_words_around_it() -> None:
    iri = statement_iris(sample())[1]
    found = target(graph(sample()), iri)
    assert TEXT[found["start"] : found["end"]] == found["exact"] == "es fehle Geld"
    assert found["prefix"] + found["exact"] + found["suffix"] in TEXT
    assert found["source"] == "https://kuestenblick.example/umbau"


def test_offsets_count_in_the_text_that_was_read_from_the_page() -> None:
    found = graph(sample())
    states = set(found.subjects(rdflib.RDF.type, TERMS.TimeState))
    assert {str(one) for state in states for one in found.objects(state, TERMS.cachedSource)} == {
        "urn:inquit:article:a1"
    }


def test_a_body_says_it_in_words_and_another_in_labels() -> None:
    found = graph(sample())
    iri = statement_iris(sample())[0]
    bodies = set(found.objects(rdflib.URIRef(f"{iri}&annotation"), TERMS.hasBody))
    assert rdflib.URIRef(iri) in bodies
    (text,) = bodies - {rdflib.URIRef(iri)}
    told = str(found.value(text, RDF.value))
    assert told == "ein früherer Beamter (described only), through Hafenpost, asserts; indirect"
    (chain,) = found.objects(rdflib.URIRef(iri), rdflib.URIRef(f"{OWN}chain"))
    names = [str(found.value(one, rdflib.URIRef(f"{OWN}fullName"))) for one in found.items(chain)]
    assert names == ["Hafenpost", "ein früherer Beamter"]
    disputed = statement_iris(sample())[5]
    assert (rdflib.URIRef(disputed), rdflib.URIRef(f"{OWN}disputes"), rdflib.URIRef(iri)) in found


def test_a_verdict_is_an_annotation_of_the_annotation() -> None:
    found = graph(judged())
    (assessment,) = found.subjects(TERMS.motivatedBy, TERMS.assessing)
    assert str(found.value(assessment, TERMS.hasTarget)) == f"{statement_iris(sample())[0]}&annotation"
    (made,) = found.objects(assessment, DCTERMS.created)
    assert isinstance(made, rdflib.Literal)
    assert made.toPython() == datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
    body = found.value(assessment, TERMS.hasBody)
    assert str(found.value(body, RDF.value)) == "right: checked by phone"


def test_what_a_person_calls_wrong_is_left_out_and_what_is_not_chosen() -> None:
    annotations = [
        set(graph(one).subjects(TERMS.motivatedBy, TERMS.describing)) for one in (sample(), judged(), part())
    ]
    iris = statement_iris(sample())
    assert [{number for number, iri in iris.items() if rdflib.URIRef(f"{iri}&annotation") in found}
            for found in annotations] == [set(range(8)), set(range(7)), {0, 5}]  # fmt: skip


def test_every_term_is_of_the_standard_or_of_our_own_context() -> None:
    found = graph(judged(), evil())
    names = {str(p) for p in found.predicates()} | {str(o) for o in found.objects(None, rdflib.RDF.type)}
    assert {name for name in names if name.startswith(UNKNOWN)} == set()
    assert [TERMS[n.removeprefix(str(TERMS))] for n in names if n.startswith(str(TERMS))]
    own = {name.removeprefix(OWN) for name in names if name.startswith(OWN)}
    assert own <= {*CONTEXT[1], "Statement", "quotationType"}


def test_the_collection_has_one_page_with_all_annotations() -> None:
    found = content(judged())
    assert found["type"] == "AnnotationCollection"
    assert found["total"] == len(found["first"]["items"]) == 8
    assert found["first"]["partOf"] == found["id"]
    assert found["id"] != content(sample())["id"]
    assert content()["total"] == 0


def test_a_quote_in_two_parts_has_two_targets() -> None:
    ledger = sample()
    both = replace(ledger.quotations[0], quote=(*ledger.quotations[0].quote, *ledger.quotations[1].quote))
    (item,) = content(replace(ledger, quotations=(both,)))["first"]["items"]
    assert [one["selector"][1]["exact"] for one in item["target"]] == [
        "ist der Umbau offenbar gestoppt",
        "es fehle Geld",
    ]


@few
@given(ledgers())
def test_any_ledger_is_read_by_a_json_ld_library(ledger: Ledger) -> None:
    found = graph(ledger)
    assert len(set(found.subjects(TERMS.motivatedBy, TERMS.describing))) == len(ledger.quotations)
