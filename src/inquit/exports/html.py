"""A report as one HTML file that needs no network and no script: for each article the source balance with a drawing
of its sources, then the article with its statements marked and the ledger beside it.

What is linked when the pointer rests on a statement or its entry is said in the style sheet alone (`:has`).
"""

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from inquit.exports import wording
from inquit.exports.excerpts import short_name
from inquit.exports.htmlarticle import article_and_ledger
from inquit.exports.markup import Markup, join, tag
from inquit.exports.sourcetree import source_tree
from inquit.exports.svg import dispute_names, drawings
from inquit.records import Ledger, PrimarySource, Summary, own_statements

MOST_LINKED = 400
"""Statements of one article that light up together with their entries; each is a rule for the browser to watch, and
links lead from all the others too."""


def to_html(ledgers: Iterable[Ledger]) -> str:
    """The report on the ledgers, in their order, as a whole HTML document."""
    found = list(ledgers)
    style = _style(max((len(ledger.quotations) for ledger in found), default=0))
    title = wording.heading(found[0].article) if len(found) == 1 else wording.count(len(found), "article")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(style)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{title} – Inquit"),
        tag("style", style),
    )
    articles = [_article(ledger, place) for place, ledger in enumerate(found, 1)]
    contents = [_contents(found)] if len(found) > 1 else []
    body = tag("body", _masthead(found), *contents, tag("main", *articles, id="main"), _colophon())
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en')}\n"


# --- the page


def _masthead(ledgers: list[Ledger]) -> Markup:
    statements = sum(len(own_statements(ledger.quotations)) for ledger in ledgers)
    told = f"{wording.count(len(ledgers), 'article')}, {wording.count(statements, 'statement')}"
    return tag(
        "header",
        tag("a", "Skip to the report", href="#main", class_="skip"),
        tag("h1", tag("b", "Inquit"), " ", tag("span", "who said it, on whose word"), class_="brand"),
        tag("p", told, class_="extent"),
        class_="masthead",
    )


def _contents(ledgers: list[Ledger]) -> Markup:
    """The articles of the report with the figures that tell which to read first."""
    items = [
        tag(
            "li",
            tag("a", wording.heading(ledger.article), href=f"#a{place}", lang=ledger.article.language),
            tag("span", wording.outlet(ledger.article) or "", class_="outlet"),
            tag("span", _in_short(ledger.summary), class_="short"),
        )
        for place, ledger in enumerate(ledgers, 1)
    ]
    return tag(
        "nav", tag("h2", "Articles", id="contents"), tag("ol", *items), class_="contents", aria_labelledby="contents"
    )


def _in_short(summary: Summary) -> str:
    told = [wording.count(summary.statements, "statement")]
    if summary.unnamed_share > 0:
        told.append(f"{wording.percent(summary.unnamed_share)} on unnamed sources")
    if summary.relayed_share > 0:
        told.append(f"{wording.percent(summary.relayed_share)} relayed")
    if summary.disputes:
        told.append(f"{_disputed(summary)} disputed")
    return " · ".join(told)


def _colophon() -> Markup:
    return tag(
        "footer",
        tag(
            "p",
            "Statements are found and attributed by a program. Every mark points to characters of the text and every "
            "entry gives its reasons: check what matters before relying on it.",
        ),
        class_="colophon",
    )


# --- one article


def _article(ledger: Ledger, place: int) -> Markup:
    name = f"a{place}"
    return tag(
        "article",
        tag(
            "header",
            tag("p", " · ".join(wording.byline(ledger.article)), class_="byline"),
            tag("h2", wording.heading(ledger.article), id=f"{name}-title", lang=ledger.article.language),
            class_="title",
        ),
        _balance(ledger, name),
        article_and_ledger(ledger, name),
        id=name,
        class_="report",
        aria_labelledby=f"{name}-title",
    )


def _balance(ledger: Ledger, name: str) -> Markup:
    summary = ledger.summary
    tree = source_tree(ledger)
    told = wording.disputed(summary)
    lead = [tag("p", wording.lead(summary), class_="lead")]
    lead += [tag("p", told, class_="lead against")] if told else []
    label = f"Sources of the article. {' '.join(wording.sentences(summary))}"
    parts = [tag("h3", "Source balance", id=f"{name}-balance"), *lead]
    if ledger.quotations:
        folded = (
            f"Not drawn: {wording.count(tree.folded_sources, 'source')} "
            f"with {wording.count(tree.folded_statements, 'statement')}."
        )
        caption = tag(
            "figcaption", _key(ledger, disputes=bool(dispute_names(tree))), folded if tree.folded_sources else ""
        )
        figure = tag("figure", tag("div", drawings(tree, label), class_="canvas"), caption)
        parts += [tag("div", _figures(summary), figure, class_="evidence"), _table(ledger, name)]
    return tag("section", *parts, class_="balance", aria_labelledby=f"{name}-balance")


def _figures(summary: Summary) -> Markup:
    figures = [
        (str(summary.statements), "statement" if summary.statements == 1 else "statements", None),
        (wording.percent(summary.unnamed_share), "rest on unnamed sources", summary.unnamed_share),
        (wording.percent(summary.relayed_share), "known only through another medium", summary.relayed_share),
        (wording.percent(summary.unsourced_share), "without a source in the text", summary.unsourced_share),
        (str(_disputed(summary)), "disputed within the article", None),
    ]
    shown = [
        tag("div", tag("dt", words), tag("dd", figure, _meter(share) if share is not None else ""))
        for figure, words, share in figures
    ]
    return tag("dl", *shown, class_="figures")


def _disputed(summary: Summary) -> int:
    return len({dispute.disputed for dispute in summary.disputes})


def _meter(share: float, *, unnamed: bool = True) -> Markup:
    """A bar for a share; the number stands beside it."""
    filled = tag(
        "rect",
        width=round(min(max(share, 0.0), 1.0) * 100, 1),
        height=6,
        class_="filled" if unnamed else "filled named",
    )
    empty = tag("rect", width=100, height=6, class_="empty")
    return tag(
        "svg", empty, filled, class_="meter", viewBox="0 0 100 6", preserveAspectRatio="none", aria_hidden="true"
    )


def _key(ledger: Ledger, *, disputes: bool) -> Markup:
    """What the signs of the drawing mean, as far as they occur in it."""
    unnamed = any(source.naming != "named" for quotation in ledger.quotations for source in quotation.chain)
    told: list[str] = ["Numbers count statements, own + relayed; arrows point to who reports them."]
    if unnamed:
        told += [" ", tag("span", class_="sign dashed", aria_hidden="true"), " dashed: not named."]
    if disputes:
        told += [
            " ",
            tag("span", "✕", class_="sign crossed", aria_hidden="true"),
            " crossed: denied within the article.",
        ]
    return join(told)


def _table(ledger: Ledger, name: str) -> Markup:
    """The balance as a table: every primary source, for reading aloud and for copying."""
    head = tag(
        "tr",
        *(
            tag("th", words, scope="col")
            for words in ("Primary source", "Naming", "Statements", "Share", "Only through", "Disputed by")
        ),
    )
    numbers = {quotation.id: place for place, quotation in enumerate(ledger.quotations, 1)}
    rows = [_row(source, numbers, name) for source in ledger.summary.primary_sources]
    table = tag("table", tag("thead", head), tag("tbody", *rows))
    summary = tag("summary", f"All {wording.count(len(rows), 'primary source')} as a table")
    return (
        tag(
            "details",
            summary,
            tag("div", table, class_="scroll", tabindex=0, role="region", aria_label="Primary sources"),
            class_="all-sources",
        )
        if rows
        else Markup()
    )


def _row(source: PrimarySource, numbers: dict[int, int], name: str) -> Markup:
    links = join(
        [
            tag("a", str(numbers[number]), href=f"#{name}s{numbers[number]}")
            for number in source.statements
            if number in numbers
        ],
        " ",
    )
    return tag(
        "tr",
        tag("th", short_name(source.name), scope="row"),
        tag("td", f"{wording.NAMINGS[source.naming]} {wording.KINDS[source.kind]}"),
        tag("td", links),
        tag("td", wording.percent(source.share), class_="number"),
        tag("td", ", ".join(map(short_name, source.through)) or "–"),
        tag("td", ", ".join(map(short_name, source.disputed_by)) or "–"),
    )


# --- the style


@cache
def _sheet(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


def _style(statements: int) -> Markup:
    """The style sheet, with a rule for each place in a ledger that links a statement with its entry."""
    here = ":is(:hover,:focus-within,:target)"
    rules = [
        f".report:has(.s{place}{here}) .s{place}{{--on:1}}" for place in range(1, min(statements, MOST_LINKED) + 1)
    ]
    return Markup(_sheet("report.css") + "\n".join(rules) + "\n")


def _policy(style: str) -> str:
    """Nothing may be loaded or run; the one style sheet is known by its hash."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
