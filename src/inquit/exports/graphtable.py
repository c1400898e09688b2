"""The drawing of a claim as a table, for reading aloud and for copying: who has it from whom, a row an article."""

from collections.abc import Iterator

from inquit.exports.claimsfacts import outlet_of
from inquit.exports.claimsstatements import linked
from inquit.exports.claimsview import ClaimPage
from inquit.exports.excerpts import LONGEST_TITLE, line, short_name, shorten
from inquit.exports.graph import Node
from inquit.exports.graphlabels import further
from inquit.exports.markup import Markup, join, tag, text
from inquit.records import Statement

_COLUMNS = ("table_time", "table_outlet", "table_how", "table_from", "table_source")


def provenance_table(page: ClaimPage) -> Markup:
    """A row for each article, stacks unfolded, then one for each denial."""
    head = tag("tr", *(tag("th", page.words(key), scope="col") for key in _COLUMNS))
    rows = [_row(cells) for cells in (*_articles(page), *_denials(page))]
    return tag("table", tag("thead", head), tag("tbody", *rows), class_="claims-table")


def _row(cells: list[str]) -> Markup:
    time, outlet, *others = cells
    about = (tag("td", cell) for cell in others)
    return tag("tr", tag("td", time, class_="number"), tag("th", outlet, scope="row"), *about)


def _articles(page: ClaimPage) -> Iterator[list[str]]:
    told = {statement.article: statement for statement in page.claim.statements}
    also = further(page.graph, page.words)
    for root in page.graph.sources:
        for parent in root.walk():
            for node in parent.children:
                back = [page.words("back", name=short_name(node.name))] if node.back else []
                how = "; ".join(
                    [page.words(node.how or "said"), *([also[node.key]] if node.key in also else []), *back]
                )
                for article in node.articles:
                    yield [*_when_and_where(page, told[article]), how, _name(page, parent), _name(page, root)]


def _denials(page: ClaimPage) -> Iterator[list[str]]:
    rows = {}
    for statement in page.claim.denied_by:
        name = short_name(statement.by) if statement.by else page.words("nobody")
        denial = page.words("table_denies", name=name)
        rows[statement.article, name] = [*_when_and_where(page, statement), denial, name, "–"]
    yield from rows.values()


def _name(page: ClaimPage, node: Node) -> str:
    return page.words("unknown_source") if node.kind == "unknown" else short_name(node.name)


def _when_and_where(page: ClaimPage, statement: Statement) -> list[str]:
    """The time, and the outlet with the title of the article, which leads to it."""
    article = page.article(statement.article)
    title = shorten(line(article.title or ""), LONGEST_TITLE) if article else ""
    outlet = text(outlet_of(statement))
    if title and article:
        outlet = join([outlet, ": ", linked(tag("span", title, lang=article.language), article)])
    else:
        outlet = linked(outlet, article)
    return [page.times.full(statement.published) or page.words("undated"), outlet]
