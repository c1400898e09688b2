"""The statements of a claim side by side, those with the same words as one, their differences marked; then denials."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from inquit.exports.claimsdifferences import LONGEST, differences, wording
from inquit.exports.claimsfacts import outlet_of
from inquit.exports.claimsview import ClaimPage
from inquit.exports.excerpts import line, short_name, shorten
from inquit.exports.markup import Markup, classes, join, tag, text
from inquit.records import Article, Statement

_LONGEST_LINK = 2000
_NOT_IN_LINKS = frozenset(' "<>\\^`{|}')


def beside(page: ClaimPage) -> Markup:
    """All statements of a claim as a list of cards, in the order of time; those alike are one card."""
    cards = (_card(page, found, name) for name, found in _groups(page).items())
    return tag("ol", *cards, class_="beside", role="list")


def denials(page: ClaimPage) -> Markup:
    """All statements that deny the claim, those alike as one."""
    cards = [
        tag(
            "li",
            _who(page, found, "✕"),
            tag("p", shorten(line(found[0].text), LONGEST), class_="words", lang=page.language(found)),
            _rests(page, found[0]),
            id=name,
            class_="denied",
        )
        for name, found in _denying(page).items()
    ]
    return tag("ol", *cards, class_="beside", role="list")


def targets(page: ClaimPage) -> dict[str, str]:
    """Where the cards of the drawing lead: sources to how they were counted, articles to what they say."""
    said = {one.article: f"#{name}" for name, found in reversed(_groups(page).items()) for one in found}
    denied = {one.article: f"#{name}" for name, found in reversed(_denying(page).items()) for one in found}
    found = {node.key: f"#{page.name}-source{node.place}" for node in page.graph.sources if node.place is not None}
    for roots, by_article in ((page.graph.sources, said), (page.graph.deniers, denied)):
        for node in (node for root in roots for node in root.walk() if node.articles):
            found[node.key] = by_article[node.articles[0]]
    return found


def _groups(page: ClaimPage) -> dict[str, list[Statement]]:
    """The statements that are alike, by the name of their card."""
    alike: dict[tuple[tuple[str, ...], int | None], list[Statement]] = {}
    for statement in page.claim.statements:
        alike.setdefault((wording(statement.text), statement.source), []).append(statement)
    return {f"{page.name}-said{number}": found for number, found in enumerate(alike.values(), 1)}


def _denying(page: ClaimPage) -> dict[str, list[Statement]]:
    """The denials that are alike, by the name of their card."""
    alike: dict[tuple[tuple[str, ...], str | None], list[Statement]] = {}
    for statement in page.claim.denied_by:
        alike.setdefault((wording(statement.text), statement.by), []).append(statement)
    return {f"{page.name}-denied{number}": found for number, found in enumerate(alike.values(), 1)}


def _card(page: ClaimPage, found: Sequence[Statement], name: str) -> Markup:
    """Who says it, the words with their differences, and on whom it rests."""
    first = found[0]
    root = next((one for one in page.graph.sources if one.place is not None and one.place == first.source), None)
    number = str(root.number) if root and root.number else "–"
    kind = "none" if root is None else "unnamed" if root.unnamed else None
    return tag(
        "li",
        _who(page, found, number),
        tag("p", *_marked(page.claim.text, first.text), class_="words", lang=page.language(found)),
        _rests(page, first),
        id=name,
        class_=classes(kind, "uncounted" if root and not root.number else None),
    )


def _marked(typical: str, said: str) -> list[str]:
    """The words of a statement, what is new in them marked and what is gone struck."""
    shown: list[str] = []
    for piece in differences(typical, said):
        if piece.change == "same":
            shown.append(piece.text)
        elif piece.change == "new":
            shown.append(tag("mark", piece.text))
        else:
            shown += [" ", tag("del", piece.text), " "]
    return shown


def _who(page: ClaimPage, found: Sequence[Statement], sign: str) -> Markup:
    """The number of the source, and the outlets with their times."""
    told: dict[str, Markup] = {}
    for one in found:
        told.setdefault(one.article, _outlet(page, one, alone=len(found) == 1))
    number = tag("span", sign, class_="no")
    if len(told) == 1:
        return tag("p", number, " ", *told.values(), class_="who")
    many = tag("b", page.words("same_wording", n=len({outlet_of(one) for one in found})))
    return tag("p", number, " ", many, ": ", join(told.values(), ", "), class_="who")


def _outlet(page: ClaimPage, statement: Statement, *, alone: bool) -> Markup:
    """The outlet with the time, and the way to its article where that has an address."""
    when = page.times.shown(statement.published)
    name = outlet_of(statement)
    shown = linked(tag("b", name) if alone else text(name), page.article(statement.article))
    return join([shown, f" {when}" if when else ""])


def linked(shown: Markup, article: Article | None) -> Markup:
    """What leads to an article, where a browser may be sent to its address."""
    address = web_address(article)
    return tag("a", shown, href=address, rel="noreferrer noopener external") if address else shown


def web_address(article: Article | None) -> str | None:
    """The address of an article if a browser may be sent there."""
    url = (article.url or "").strip() if article else ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    plain = url.isprintable() and not _NOT_IN_LINKS.intersection(url) and len(url) <= _LONGEST_LINK
    return url if plain and parts.scheme in {"http", "https"} and parts.hostname else None


def _rests(page: ClaimPage, statement: Statement) -> Markup:
    """Who says it, through whom, and with which stance where it is not the usual one."""
    words = page.words
    by = short_name(statement.by) if statement.by else words("no_speaker")
    if statement.via:
        by = words("by_relayed", by=by, via=words.listed(list(reversed(statement.via))))
    stance = [" · ", tag("span", words(statement.stance), class_="stance")] if statement.stance != "assert" else []
    return tag("p", by, *stance, class_="rests")
