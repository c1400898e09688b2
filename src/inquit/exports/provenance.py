"""Statements as W3C PROV-JSON: what was quoted from whom, and on which primary source it rests.

Each ledger is a bundle, as it is itself provenance that somebody, Inquit, has found. In PROV-JSON a derivation says by
its `prov:type` that it is a quotation or has a primary source, which is called `wasQuotedFrom` and `hadPrimarySource`
elsewhere.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, BinaryIO

from inquit.exports.excerpts import quoted
from inquit.exports.iris import (
    SOFTWARE,
    TERMS,
    agent_iri,
    content_iri,
    known_sources,
    link,
    statement_iris,
    web_address,
)
from inquit.exports.selection import Selection, as_json
from inquit.records import Kind, Quotation, Source

PREFIXES = {
    # A name is split at its first colon, so that with these prefixes every name is its own IRI.
    "urn": "urn:",
    "http": "http:",
    "https": "https:",
    "inquit": TERMS,
    "dcterms": "http://purl.org/dc/terms/",
}
_AGENTS: Mapping[Kind, str] = {
    "person": "prov:Person",
    "organization": "prov:Organization",
    "outlet": "prov:Organization",
}

Section = dict[str, dict[str, Any]]


def to_prov(selections: Iterable[Selection], sink: BinaryIO) -> None:
    """Write one PROV-JSON document with a bundle for each ledger; what a person calls wrong is left out."""
    sink.write(b'{"prefix":' + as_json(PREFIXES) + b',"bundle":{')
    seen: set[str] = set()
    for n, selection in enumerate(selections):
        name = f"{content_iri(selection.ledger.article)}#ledger"
        if name in seen:  # the same text twice; a name twice would hide the first
            name = f"{name}&position={n}"
        seen.add(name)
        sink.write((b",\n" if n else b"\n") + as_json(name) + b":" + as_json(Bundle(selection, name).records()))
    sink.write(b"\n}}\n")


class Bundle:
    """The records on one article, by kind and name."""

    def __init__(self, selection: Selection, name: str) -> None:
        self._selection = selection
        self._article = selection.ledger.article
        self._iris = statement_iris(selection.ledger)
        self._known = known_sources(selection.ledger, selection.sources)
        self._sections: dict[str, Section] = {}
        self._name = name

    def records(self) -> dict[str, Section]:
        """All records; sections without any are left out, as PROV-JSON asks."""
        self._put_ledger()
        self._put_article()
        for quotation in self._selection.held():
            self._put_statement(quotation)
        return self._sections

    def _put_ledger(self) -> None:
        self._put("entity", self._name, {"prov:type": name("prov:Bundle")})
        self._put("agent", SOFTWARE, {"prov:type": name("prov:SoftwareAgent"), "prov:label": "Inquit"})
        self._relate("wasAttributedTo", {"prov:entity": self._name, "prov:agent": SOFTWARE})

    def _put_article(self) -> None:
        article = self._article
        iri = content_iri(article)
        known = {
            "prov:label": article.title,
            "dcterms:language": article.language,
            "dcterms:issued": article.published,
            "dcterms:identifier": article.id,
        }
        self._put("entity", iri, {"prov:type": name("inquit:Article"), **known})
        address = web_address(article.url)
        if address is not None:
            self._put("entity", address, {"prov:type": name("inquit:Page")})
            self._relate("specializationOf", {"prov:specificEntity": iri, "prov:generalEntity": address})
        by: list[tuple[Kind, str]] = [("outlet", article.outlet)] if article.outlet else []
        by += [("person", author) for author in article.authors]
        for kind, who in by:
            agent = agent_iri(article, kind, who, self._known)
            self._put_agent(agent, kind, who)
            self._relate("wasAttributedTo", {"prov:entity": iri, "prov:agent": agent})

    def _put_statement(self, quotation: Quotation) -> None:
        iri = self._iris[quotation.id]
        self._put("entity", iri, self._attributes(quotation))
        said = [self._put_said(iri, at, source) for at, source in enumerate(quotation.chain)]
        if not said:
            return
        repeated = "prov:Quotation" if quotation.type == "Direct" else None  # PROV: a quotation repeats the words
        for outer, inner in pairwise((iri, *said)):
            self._derive(outer, inner, repeated)
        self._derive(iri, said[-1], "prov:PrimarySource")
        for told, source in zip(said[:-1], quotation.chain, strict=False):
            if source.kind == "outlet":
                self._derive(content_iri(self._article), told, None)

    def _attributes(self, quotation: Quotation) -> dict[str, Any]:
        verdict = self._selection.verdicts.get(quotation.id)
        article = self._article
        return {
            "prov:type": name("inquit:Statement"),
            "prov:value": quoted(article, quotation),
            "dcterms:isPartOf": name(content_iri(article)),
            "inquit:type": quotation.type,
            "inquit:medium": quotation.medium,
            "inquit:stance": quotation.stance,
            "inquit:confidence": {"$": f"{quotation.confidence:.4f}", "type": "xsd:double"},
            "inquit:hedge": [article.text[begin:end] for begin, end in quotation.hedges],
            "inquit:disputes": [name(self._iris[other]) for other in quotation.disputes if other in self._iris],
            "inquit:supports": [name(self._iris[other]) for other in quotation.supports if other in self._iris],
            "inquit:within": name(self._iris[quotation.parent]) if quotation.parent in self._iris else None,
            "inquit:verdict": verdict and verdict.judgement,
            "inquit:link": link(article, quotation),
        }

    def _put_said(self, statement: str, at: int, source: Source) -> str:
        """What one source of the chain said: an entity that nobody but the source has seen as it was."""
        iri = f"{statement}&source={at}"
        self._put("entity", iri, {"prov:type": name("inquit:Utterance"), "prov:label": f"what {source.name} said"})
        agent = agent_iri(self._article, source.kind, source.name, self._known)
        self._put_agent(agent, source.kind, source.name, naming=source.naming)
        self._relate("wasAttributedTo", {"prov:entity": iri, "prov:agent": agent})
        return iri

    def _put_agent(self, iri: str, kind: Kind, who: str, **more: str) -> None:
        types = [name(f"inquit:{kind}"), *([name(_AGENTS[kind])] if kind in _AGENTS else [])]
        attributes = {"prov:type": types, "prov:label": who, **{f"inquit:{key}": one for key, one in more.items()}}
        self._sections.setdefault("agent", {}).setdefault(iri, {}).update(attributes)

    def _derive(self, derived: str, original: str, kind: str | None) -> None:
        more = {"prov:type": name(kind)} if kind else {}
        self._relate("wasDerivedFrom", {"prov:generatedEntity": derived, "prov:usedEntity": original, **more})

    def _relate(self, kind: str, record: dict[str, Any]) -> None:
        section = self._sections.setdefault(kind, {})
        section[f"_:{kind}{len(section)}"] = record

    def _put(self, section: str, iri: str, attributes: dict[str, Any]) -> None:
        held = {key: value for key, value in attributes.items() if value not in (None, [])}
        self._sections.setdefault(section, {})[iri] = held


def name(iri: str) -> dict[str, str]:
    """A name as a value, which is no text."""
    return {"$": iri, "type": "prov:QUALIFIED_NAME"}
