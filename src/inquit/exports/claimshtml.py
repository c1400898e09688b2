"""Claims as one HTML file that needs no network and no script: how many sources, who has it from whom, all statements.

`claim_section` is one claim without the page around it, for pages that are made elsewhere.
"""

import base64
import hashlib
from collections.abc import Iterable
from importlib.resources import files

from inquit.exports import claimsfacts as facts
from inquit.exports.claimsbalance import balance
from inquit.exports.claimsstatements import beside, denials
from inquit.exports.claimsview import ALONE, ClaimContext, ClaimPage, claim_page
from inquit.exports.claimswords import Words
from inquit.exports.excerpts import LONGEST_TITLE, line, short_name, shorten
from inquit.exports.graph import Node, claim_graph
from inquit.exports.graphsvg import claim_styles
from inquit.exports.markup import Markup, classes, join, tag
from inquit.exports.reasons import reason_in
from inquit.records import Claim

_LONGEST_CLAIM = 400
_OUTLETS_TOLD, _NAMES_TOLD = 12, 6


def claims_to_html(claims: Iterable[Claim], context: ClaimContext = ALONE) -> str:
    """The claims, in their order, as a whole HTML document."""
    told, found = context.words, list(claims)
    sheet = (files(__package__) / "report.css").read_text("utf-8") + claim_styles()
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = _text(found[0]) if len(found) == 1 else told("titles", n=len(found))
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{shorten(title, LONGEST_TITLE)} – Inquit"),
        tag("style", Markup(sheet)),
    )
    sections = [claim_section(claim, context, name=f"c{place}") for place, claim in enumerate(found, 1)]
    contents = [_contents(found, context)] if len(found) > 1 else []
    main = tag("main", *(sections or [tag("p", told("nothing"))]), id="main")
    colophon = tag("footer", tag("p", told("colophon")), class_="colophon")
    body = tag("body", _masthead(found, told), *contents, main, colophon)
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang=told.language)}\n"


def claim_section(claim: Claim, context: ClaimContext = ALONE, *, name: str = "c1") -> Markup:
    """One claim: head, balance with the drawing, how each source was counted, statements and denials side by side.

    `name` begins all ids inside, so that several claims may stand on one page.
    """
    page = claim_page(claim_graph(claim, context.stories.get(claim.story)), context, name=name)
    typical = tag("p", tag("small", page.words("typical")), _text(claim), class_="typical", lang=_language(page))
    note = tag("p", page.words("statements_note"), class_="told")
    parts = [
        _head(page),
        balance(page),
        _part(page, "counting", _counting(page)),
        _part(page, "statements", note, typical, beside(page)),
        *([_part(page, "denials", denials(page))] if claim.denied_by else []),
    ]
    return tag("article", *parts, id=name, class_="report claim", aria_labelledby=f"{name}-title")


def _part(page: ClaimPage, key: str, *content: Markup) -> Markup:
    """A part of a claim below its heading."""
    name = f"{page.name}-{key}"
    return tag("section", tag("h3", page.words(key), id=name), *content, aria_labelledby=name)


# --- the page


def _masthead(claims: list[Claim], told: Words) -> Markup:
    return tag(
        "header",
        tag("a", told("skip"), href="#main", class_="skip"),
        tag("h1", tag("b", "Inquit"), " ", tag("span", told("slogan")), class_="brand"),
        tag("p", told("claims_count", n=len(claims)), class_="extent"),
        class_="masthead",
    )


def _contents(claims: list[Claim], context: ClaimContext) -> Markup:
    """The claims with what tells which to read first; those of one story below its title."""
    told = context.words
    stories = {claim.story: context.stories.get(claim.story) for claim in claims}
    title = next((line(story.title or "") for story in stories.values() if story), "") if len(stories) == 1 else ""
    items = [
        tag(
            "li",
            tag("a", _text(claim), href=f"#c{place}"),
            tag("span", told("sources", n=claim.independent_sources), class_="outlet"),
            tag("span", " · ".join(_in_short(claim, told)), class_="short"),
        )
        for place, claim in enumerate(claims, 1)
    ]
    heading = tag("h2", shorten(title, LONGEST_TITLE) or told("contents"), id="contents")
    return tag("nav", heading, tag("ol", *items), class_="contents", aria_labelledby="contents")


def _in_short(claim: Claim, told: Words) -> list[str]:
    parts = [told("outlets", n=len(facts.outlets(claim.statements)))]
    if share := facts.unnamed_share(claim):
        parts.append(told("unnamed_share", share=told.percent(share)))
    if found := facts.deniers(claim):
        parts.append(told("disputed_by", who=told.listed(found, 2)))
    return [*parts, told("circular")] if claim.circular else parts


def _text(claim: Claim) -> str:
    return shorten(line(claim.text), _LONGEST_CLAIM) or "?"


def _language(page: ClaimPage) -> str | None:
    return page.language(page.claim.statements)


def _head(page: ClaimPage) -> Markup:
    claim, story = page.claim, page.context.stories.get(page.claim.story)
    about = [
        page.words("claim"),
        short_name(claim.id),
        shorten(line(story.title or ""), LONGEST_TITLE) if story else "",
    ]
    if claim.first_seen:
        about.append(page.words("first_seen", when=page.times.full(claim.first_seen)))
    return tag(
        "header",
        tag("p", " · ".join(part for part in about if part), class_="byline"),
        tag("h2", _text(claim), id=f"{page.name}-title", lang=_language(page)),
        class_="title",
    )


# --- how each source was counted


def _counting(page: ClaimPage) -> Markup:
    about, others = facts.reasons(page.claim)
    rests = facts.resting(page.claim)
    items = [
        _counted(page, node, rests.get(node.place, []), about.get(node.place))
        for node in page.graph.sources
        if node.place is not None
    ]
    more = [tag("ul", *(_reason(page, "li", reason) for reason in others), class_="reasons")] if others else []
    return join([tag("ol", *items, class_="counting", role="list"), *more])


def _reason(page: ClaimPage, name: str, reason: str) -> Markup:
    language = page.words.language
    told = reason_in(language, reason)
    return tag(name, told, class_="why", lang="en" if told == reason and language != "en" else None)


def _counted(page: ClaimPage, node: Node, outlets: list[str], reason: str | None) -> Markup:
    """A source: whether it counts and why, where it was first, what it is called, and the outlets that rest on it."""
    told, source = page.words, page.claim.primary_sources[node.place or 0]
    kind = told("source", naming=told(source.naming), kind=told(source.kind))
    lines = [tag("p", f"{kind} · {told('counted' if source.independent else 'not_counted')}")]
    if reason:
        lines.append(_reason(page, "p", reason))
    elif outlets:
        lines.append(tag("p", told("carried", outlets=told.listed(outlets, _OUTLETS_TOLD)), class_="why"))
    first = next((facts.outlet_of(one) for one in page.claim.statements if one.article == source.first_in), None)
    if first:
        lines.append(tag("p", told("first_in", where=first)))
    if names := [name for name in dict.fromkeys(map(short_name, source.names)) if name != short_name(source.name)]:
        lines.append(tag("p", told("also_called", names=told.listed(names, _NAMES_TOLD))))
    number = tag("b", str(node.number) if node.number else "–", aria_hidden="true")
    kinds = classes("unnamed" if node.unnamed else None, None if source.independent else "uncounted")
    return tag(
        "li",
        number,
        tag("div", tag("h4", short_name(source.name)), *lines),
        id=f"{page.name}-source{node.place}",
        class_=kinds,
    )
