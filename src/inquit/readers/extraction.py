"""A decoded HTML page to its title, its paragraphs and what it says of itself: trafilatura, and what lies around it.

Runs in this process for ordinary pages and in a child process for those that may be hostile; hence plain values only.
"""

import logging
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from inquit.readers import pagedata
from inquit.readers.limits import Limits
from inquit.records import Reason

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_PARSER_DEPTH = 255
"""Depth at which the parser drops what lies deeper."""

_SHORTEST_DIV = 40
_SHORTEST_SIBLING = 80
"""Characters from which on the text of a `div` without blocks is a paragraph, and those of a paragraph beside it.
Extraction loses such a `div`, as if it were a box."""

_SENTENCE_ENDS = (".", "!", "?", "“", "”", "»", "«", '"', "…")

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "iframe", "li", "main", "nav", "ol", "p",
    "pre", "section", "table", "ul", "video", "audio", "script", "style", "button", "input", "select", "textarea",
))  # fmt: skip

# What is no part of the article whatever it holds; extraction keeps some of it.
_PRUNED = (
    "//*[@role='dialog' or @role='navigation' or @role='search' or @role='alert' or @hidden]",
    "//form|//dialog|//template|//noscript[not(.//p)]",
    "//*[self::div or self::section or self::aside or self::ul]"
    "[contains(concat(' ', translate(@class, '_-', '  '), ' '), ' poll ')"
    " or contains(concat(' ', translate(@class, '_-', '  '), ' '), ' umfrage ')"
    " or contains(concat(' ', translate(@class, '_-', '  '), ' '), ' newsletter ')"
    " or contains(concat(' ', translate(@class, '_-', '  '), ' '), ' paywall ')"
    " or contains(concat(' ', translate(@class, '_-', '  '), ' '), ' cookie ')"
    " or contains(concat(' ', translate(@class, '_-', '  '), ' '), ' consent ')]",
)
_MOST_PRUNED = 0.3
"""Share of the page's text above which an element is not taken for a box whatever its class says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What extraction makes of a page; `paragraphs` do not hold the title."""

    title: str | None = None
    paragraphs: list[str]
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a page was not extracted."""

    reason: Reason
    detail: str


def extract(html: str, limits: Limits) -> Page | Refused:
    """The article of a page, or why there is none; raises nothing that a page can cause."""
    try:
        return _extract(html, limits)
    except RecursionError:
        return Refused("too deep", "elements nested deeper than extraction can follow")
    except MemoryError:
        return Refused("too large", "extraction ran out of memory")
    except Exception as error:  # a defect of a library must not stop the other pages
        return Refused("failed", f"{type(error).__name__}: {error}")


def _extract(html: str, limits: Limits) -> Page | Refused:
    from lxml.html import HTMLParser, document_fromstring

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    deepest = _depth(tree)
    most = min(limits.max_depth, _PARSER_DEPTH)
    if deepest > most:
        return Refused("too deep", f"elements nested deeper than {most}")
    data = pagedata.find(tree)
    title = _title(tree, data.get("title"))
    _prune(tree)
    _paragraphs_of_divs(tree)
    paragraphs = _after_title(_body(tree), title, data.get("section"))
    told = [_normal(line) for line in str(data.pop("body", "")).splitlines() if line.strip()]
    # Where the page does not show the article, extraction takes it from JSON-LD, too, but in one paragraph.
    if sum(map(len, paragraphs)) * 2 < sum(map(len, told)) or (len(paragraphs) == 1 < len(told)):
        paragraphs = told
    if not paragraphs:
        return Refused("no article", "no paragraphs of an article on the page")
    return Page(title=title, paragraphs=paragraphs, data=data)


def _depth(tree: "HtmlElement") -> int:
    """How deep the elements are nested, without recursion."""
    from lxml.etree import iterwalk  # type: ignore[import-untyped]

    depth = deepest = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _title(tree: "HtmlElement", told: str | None) -> str | None:
    """The headline that a reader sees, in the first `h1` of the article, without a label of the department in it."""
    found = tree.xpath("//article//h1") or tree.xpath("//main//h1") or tree.xpath("//h1")
    titles = [title for h1 in found if (title := _text(h1))]
    if not titles or (told and titles[0].endswith(told)):
        return told
    return titles[0]


def _text(element: "HtmlElement") -> str:
    return " ".join(element.text_content().split())


def _prune(tree: "HtmlElement") -> None:
    """Take boxes out of the page that extraction would keep."""
    whole = len(tree.text_content())
    for path in _PRUNED:
        for element in tree.xpath(path):
            if element.getparent() is not None and len(element.text_content()) <= whole * _MOST_PRUNED:
                element.drop_tree()


def _paragraphs_of_divs(tree: "HtmlElement") -> None:
    """Make paragraphs of `div` elements that hold running text and no blocks."""
    for div in list(tree.iter("div")):
        if all(not isinstance(child.tag, str) or child.tag not in _BLOCKS for child in div.iterchildren()):
            text = _text(div)
            beside = any(map(_is_paragraph, (div.getprevious(), div.getnext())))
            if beside and len(text) >= _SHORTEST_DIV and text.endswith(_SENTENCE_ENDS):
                div.tag = "p"


def _is_paragraph(element: "HtmlElement | None") -> bool:
    return element is not None and element.tag == "p" and len(element.text_content()) >= _SHORTEST_SIBLING


def _body(tree: "HtmlElement") -> list[str]:
    """The paragraphs of the article, headings, list items and table rows among them."""
    from trafilatura import bare_extraction

    document = bare_extraction(tree, include_comments=False, deduplicate=False, with_metadata=False)
    body = getattr(document, "body", None)
    if body is None:
        return []
    paragraphs: list[str] = []
    for block in body:
        paragraphs += _blocks(block)
    return [paragraph for paragraph in paragraphs if paragraph]


def _blocks(block: Any) -> list[str]:
    """The paragraphs of one block of the extracted body."""
    if block.tag == "list":
        items = [_lines(item) for item in block.iter("item")]
        return ["\n".join(item for item in items if item)]
    if block.tag == "table":
        rows = [" | ".join(filter(None, (_lines(cell) for cell in row.iter("cell")))) for row in block.iter("row")]
        return ["\n".join(row for row in rows if row)]
    if block.tag == "quote" and len(block):
        inner = [paragraph for child in block for paragraph in _blocks(child)]
        return [_normal(block.text or ""), *inner]
    return [_lines(block)]


def _lines(element: Any) -> str:
    """The text of an element, with a line for each line break in it."""
    parts: list[str] = [element.text or ""]
    for inner in element.iterdescendants():
        parts.append("\n" if inner.tag in {"lb", "p"} else "")
        parts += [inner.text or "", inner.tail or ""]
    return "\n".join(filter(None, (_normal(line) for line in "".join(parts).split("\n"))))


def _normal(line: str) -> str:
    return " ".join(line.split())


def _after_title(paragraphs: list[str], title: str | None, section: str | None) -> list[str]:
    """The paragraphs without the title and the labels before it."""
    for i, paragraph in enumerate(paragraphs[:4]):
        if title and _normal(paragraph).endswith(title):
            return paragraphs[i + 1 :]
        if len(paragraph) > 80 or paragraph.endswith("."):
            break
    if paragraphs and section and paragraphs[0].casefold() == section.casefold():
        return paragraphs[1:]
    return paragraphs


def as_plain(result: Page | Refused) -> dict[str, Any]:
    """The result as plain values."""
    return asdict(result)


def from_plain(values: dict[str, Any]) -> Page | Refused:
    """The result that `as_plain` made plain."""
    return Refused(**values) if "reason" in values else Page(**values)
