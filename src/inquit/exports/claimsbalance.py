"""The balance of a claim on a page: a sentence, a cell for each outlet by its source, and the drawing with its key."""

from inquit.exports import claimsfacts as facts
from inquit.exports.claimsstatements import targets
from inquit.exports.claimsview import ClaimPage
from inquit.exports.excerpts import short_name
from inquit.exports.graph import Node
from inquit.exports.graphsvg import DASHES, claim_drawings
from inquit.exports.graphtable import provenance_table
from inquit.exports.markup import Markup, classes, tag

_MOST_CELLS = 60


def balance(page: ClaimPage) -> Markup:
    """What a reader sees first: on how many sources the claim rests, and who has it from whom."""
    told, claim = page.words, page.claim
    sentence, against = facts.lead(claim, told), facts.warnings(claim, told)
    label = f"{told('drawing')}. {' '.join([sentence, *against])}"
    drawing = tag(
        "div",
        claim_drawings(page.graph, label, told, targets(page)),
        class_="canvas claims",
        tabindex=0,
        role="region",
        aria_label=told("region_drawing"),
    )
    table = tag("div", provenance_table(page), class_="scroll", tabindex=0, role="region", aria_label=told("table"))
    return tag(
        "section",
        tag("h3", told("drawing"), id=f"{page.name}-balance"),
        tag("p", sentence, class_="lead"),
        *(tag("p", warning, class_="lead against") for warning in against),
        _strip(page),
        tag("figure", drawing, _key(page)),
        tag("details", tag("summary", told("table")), table, class_="all-sources"),
        class_="balance",
        aria_labelledby=f"{page.name}-balance",
    )


def _strip(page: ClaimPage) -> Markup:
    """A cell for each outlet, together with those that rest on the same source: the balance at a glance."""
    told, rests = page.words, facts.resting(page.claim)
    sources = [node for node in page.graph.sources if node.kind != "unknown" or rests.get(None)]
    groups = [_cells(page, node, rests.get(node.place, [])) for node in sources]
    if found := facts.deniers(page.claim):
        names = facts.outlets(page.claim.denied_by)
        groups.append(_group("✕", names, told("disputed_by", who=told.listed(found)), page, "denied"))
    return tag("ul", *groups, class_="strip", role="list")


def _cells(page: ClaimPage, node: Node, names: list[str]) -> Markup:
    """The outlets that rest on one source."""
    if node.kind == "unknown":
        return _group("–", names, page.words("unknown_source"), page, "none")
    kind = classes("unnamed" if node.unnamed else "named", None if node.number else "uncounted")
    return _group(str(node.number) if node.number else "–", names, short_name(node.name), page, kind)


def _group(sign: str, names: list[str], label: str, page: ClaimPage, kind: str | None) -> Markup:
    cells = [tag("i", title=outlet) for outlet in names[:_MOST_CELLS]]
    return tag(
        "li",
        tag("div", tag("b", sign), *cells, class_="cells", aria_hidden="true"),
        tag("p", label, " ", tag("span", f"· {page.words('outlets', n=len(names))}")),
        class_=kind,
    )


def _key(page: ClaimPage) -> Markup:
    """What lines and frames mean, as far as they occur."""
    told = page.words
    hows = {edge.how for edge in page.graph.edges}
    nodes = page.graph.nodes().values()
    shown = [
        ("said" in hows, "said", "key_said"),
        (bool(hows & {"copy", "abridged"}), "copy", "key_copy"),
        ("rewrite" in hows, "rewrite", "key_rewrite"),
        ("cites" in hows, "cites", "key_cites"),
        (any(node.back for node in nodes), "copy round", "key_circular"),
        (bool(page.graph.deniers), "denies", "key_denial"),
    ]
    items = [tag("li", _sample(kind), told(key)) for occurs, kind, key in shown if occurs]
    items += [tag("li", told("key_unnamed"))] if any(node.unnamed for node in nodes) else []
    return tag("ul", *items, tag("li", told("key_number")), class_="key", role="list")


def _sample(kind: str) -> Markup:
    """A short line of that kind."""
    way = tag("path", class_="way", d="M0 5H26", stroke_dasharray=DASHES.get(kind))
    end = (
        tag("path", class_="bar", d="M27 0v10") if kind == "denies" else tag("path", class_="tip", d="M34 5l-9 -5v10z")
    )
    line = tag("g", way, end, class_=f"tie {kind}")
    return tag("svg", line, class_="provenance", viewBox="0 0 34 10", aria_hidden="true")
