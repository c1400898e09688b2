"""The article as it reads, its statements marked, and beside each paragraph the entries of the ledger for it."""

from bisect import bisect_right
from dataclasses import dataclass

from inquit.exports import wording
from inquit.exports.excerpts import LONGEST_TITLE, line, pieces, quoted, short_name, shorten
from inquit.exports.marking import Mark, Step, depths, marks, paragraphs, steps
from inquit.exports.markup import Markup, classes, join, tag, text
from inquit.records import Ledger, Quotation, Role, Span

TYPE_CLASSES = {
    "Direct": "direct",
    "Indirect": "indirect",
    "Reported": "reported",
    "FreeIndirect": "free",
    "IndirectFreeIndirect": "passage",
}
_ROLES: tuple[tuple[Role, str], ...] = (
    ("speaker", "Speaker"),
    ("cue", "Cue"),
    ("frame", "Frame"),
    ("addressee", "Addressee"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What is needed to write one article: its ledger, the prefix of its anchors, and what is linked with what.

    `numbers` are the numbers of the statements as they are shown, by id; `against` who disputes each, and `depths` how
    many statements are around it, both by id.
    """

    ledger: Ledger
    name: str
    numbers: dict[int, int]
    against: dict[int, dict[str, list[int]]]
    depths: dict[int, int]


def article_and_ledger(ledger: Ledger, name: str) -> Markup:
    """The article's paragraphs, each with the entries of the statements that begin in it."""
    numbers = {quotation.id: place for place, quotation in enumerate(ledger.quotations, 1)}
    page = Page(ledger, name, numbers, wording.disputed_by(ledger), depths(ledger.quotations))
    found = paragraphs(ledger.article.text)
    rows = [_row(page, shown, entries) for shown, entries in _rows(page, found)]
    return tag(
        "section",
        tag("h3", "Article and ledger", id=f"{name}-article"),
        _legend(ledger),
        *rows,
        class_="reading",
        aria_labelledby=f"{name}-article",
    )


# --- rows


def _rows(page: Page, found: list[Span]) -> list[tuple[list[Markup], list[Markup]]]:
    """Paragraphs with entries; paragraphs without any join the row before them, so that the ledger finds room."""
    all_marks = marks(page.ledger)
    entries = _entries(page, found)
    rows: list[tuple[list[Markup], list[Markup]]] = []
    active: list[Mark] = []
    next_mark = 0
    for place, paragraph in enumerate(found):
        while next_mark < len(all_marks) and all_marks[next_mark].begin < paragraph.end:
            active.append(all_marks[next_mark])
            next_mark += 1
        active = [mark for mark in active if mark.end > paragraph.begin]
        shown = _paragraph(page, paragraph, active, title=place == headline(page.ledger, found))
        beside = entries.get(place, [])
        if rows and not beside and (rows[-1][1] or len(rows) == 1):
            rows[-1][0].append(shown)
        else:
            rows.append(([shown], beside))
    return rows or [([], [])]


def _entries(page: Page, found: list[Span]) -> dict[int, list[Markup]]:
    """The entries of the ledger by the paragraph in which their statement begins."""
    ends = [paragraph.end for paragraph in found]
    entries: dict[int, list[Markup]] = {}
    for quotation in page.ledger.quotations:
        begin = quotation.quote[0].begin if quotation.quote else 0
        place = min(bisect_right(ends, begin), len(found) - 1)
        entries.setdefault(place, []).append(_entry(page, quotation))
    return entries


def _row(page: Page, shown: list[Markup], entries: list[Markup]) -> Markup:
    beside = (
        tag("ol", *entries, class_="entries", role="list", aria_label="Statements of this passage") if entries else ""
    )
    return tag("div", tag("div", *shown, class_="text", lang=page.ledger.article.language), beside, class_="row")


def headline(ledger: Ledger, found: list[Span]) -> int | None:
    """The paragraph that is the article's headline: the one that says its title, else a short first one."""
    wanted = line(ledger.article.title or "").casefold()
    for place, (begin, end) in enumerate(found[:5]):
        if any(span.begin <= begin and end <= span.end for span in ledger.article.furniture):
            continue
        words = line(ledger.article.text[begin:end])
        if (wanted and words.casefold() == wanted) or (not wanted and len(words) <= LONGEST_TITLE):
            return place
        if not wanted:
            return None
    return None


# --- the article


def _paragraph(page: Page, paragraph: Span, active: list[Mark], *, title: bool) -> Markup:
    """A paragraph with its marks as elements that nest."""
    parts: list[str] = []
    written = ""
    for step in steps(paragraph, active):
        if step.what == "text":
            written += step_text(page.ledger.article.text, step)
        elif step.what == "open" and step.mark:
            written += _opened(page, step.mark, again=step.again)
        else:
            written += "</span>"
    parts.append(Markup(written))
    furniture = any(
        mark.kind == "furniture" and mark.begin <= paragraph.begin and paragraph.end <= mark.end for mark in active
    )
    return tag("p", *parts, class_=classes("headline" if title else None, "furniture" if furniture else None))


def step_text(whole: str, step: Step) -> str:
    """The escaped text of a step."""
    return text(whole[step.begin : step.end])


def _opened(page: Page, mark: Mark, *, again: bool) -> str:
    """The opening of a mark; a statement begins with its number, which leads to its entry."""
    if mark.kind != "quote":
        places = [f"s{place + 1}" for place in mark.of] if mark.kind == "hedge" else []
        return f'<span class="{classes(mark.kind, *places)}">'
    quotation = page.ledger.quotations[mark.of[0]]
    number = mark.of[0] + 1
    kind = TYPE_CLASSES[quotation.type]
    disputed = quotation.id in page.against
    start = mark.first and not again
    marked = classes("q", kind, f"s{number}", f"depth{min(mark.depth, 3)}", "disputed" if disputed else None)
    anchor = f' id="{page.name}t{number}"' if start else ""
    opening = f'<span class="{marked}"{anchor}>'
    if not start:
        return opening
    label = f"Statement {number}, {wording.TYPES[quotation.type]}{', disputed' if disputed else ''}: to the ledger"
    link = tag("a", str(number), href=f"#{page.name}s{number}", class_="no", aria_label=label, lang="en")
    return opening + link


def _legend(ledger: Ledger) -> Markup:
    """What the marks mean, as far as they occur."""
    types = [kind for kind in wording.TYPES if any(quotation.type == kind for quotation in ledger.quotations)]
    shown = [tag("li", tag("span", wording.TYPES[kind], class_=f"q {TYPE_CLASSES[kind]}")) for kind in types]
    if any(quotation.hedges for quotation in ledger.quotations):
        shown.append(tag("li", tag("span", "hedge", class_="hedge")))
    if any(quotation.speaker for quotation in ledger.quotations):
        shown.append(tag("li", tag("span", "speaker", class_="speaker")))
    if any(quotation.cue for quotation in ledger.quotations):
        shown.append(tag("li", tag("span", "cue", class_="cue")))
    if ledger.article.furniture:
        shown.append(tag("li", tag("span", "not the article", class_="furniture")))
    return tag("ul", *shown, class_="legend", aria_label="Marks", role="list") if shown else Markup()


# --- the ledger


def _entry(page: Page, quotation: Quotation) -> Markup:
    """One statement: who, on whose word, how, disputed by whom, and the reasons."""
    number = page.numbers[quotation.id]
    unsure = quotation.confidence < wording.LOW_CONFIDENCE
    back = tag(
        "a", str(number), href=f"#{page.name}t{number}", class_="no", aria_label=f"Statement {number}: to the text"
    )
    parts = [tag("p", back, " ", *_who(page, quotation), class_="who")]
    against = page.against.get(quotation.id, {})
    parts += [_linked(page, "disputed by ", against)] if against else []
    parts += [_linked(page, "disputes ", {"": list(quotation.disputes)})] if quotation.disputes else []
    parts.insert(1, _why(page, quotation, unsure=unsure))
    return tag(
        "li",
        *parts,
        id=f"{page.name}s{number}",
        class_=classes(
            "entry",
            TYPE_CLASSES[quotation.type],
            f"s{number}",
            _within(page, quotation),
            "disputed" if against else None,
        ),
        value=number,
    )


def _within(page: Page, quotation: Quotation) -> str | None:
    """How deep the entry is set in: as deep as its statement is nested."""
    depth = page.depths[quotation.id]
    return f"within{min(depth, 3)}" if depth else None


def _who(page: Page, quotation: Quotation) -> list[str]:
    if not quotation.chain:
        speaker = " ".join(pieces(page.ledger.article, quotation.speaker))
        return [tag("b", speaker, lang=page.ledger.article.language)] if speaker else [tag("em", wording.NO_SOURCE)]
    primary = quotation.chain[-1]
    shown: list[str] = [tag("b", short_name(primary.name), lang=page.ledger.article.language)]
    if primary.naming != "named":
        shown += [" ", tag("span", wording.NAMINGS[primary.naming], class_="tag")]
    if through := wording.whose_word(quotation.chain):
        shown.append(tag("span", f" {through}", class_="through"))
    return shown


def _how(page: Page, quotation: Quotation) -> list[str]:
    """Type, medium, stance and hedges, as far as they are not the usual ones."""
    how: list[str] = [tag("span", wording.TYPES[quotation.type], class_="type")]
    if quotation.medium in ("Thought", "Writing", "TW"):
        how.append(wording.MEDIA[quotation.medium])
    if quotation.stance != "assert":
        how.append(tag("strong", wording.STANCES[quotation.stance]))
    if hedges := pieces(page.ledger.article, quotation.hedges):
        how.append(join(["hedged: ", tag("span", ", ".join(hedges), lang=page.ledger.article.language)]))
    return [join(how, " · ")]


def _linked(page: Page, words: str, others: dict[str, list[int]]) -> Markup:
    """A line that leads to other statements, given by name and ids."""
    told = []
    for name, ids in others.items():
        numbers = [page.numbers[number] for number in ids if number in page.numbers]
        links = [tag("a", str(at), href=f"#{page.name}s{at}", aria_label=f"statement {at}") for at in numbers]
        told.append(join([f"{name} " if name else "", join(links, ", ")]))
    return tag("p", tag("span", "✕ ", aria_hidden="true"), words, join(told, "; "), class_="dispute")


def _why(page: Page, quotation: Quotation, *, unsure: bool) -> Markup:
    article = page.ledger.article
    facts = [("Quote", shorten(quoted(article, quotation), 400))]
    facts += [(label, " … ".join(pieces(article, getattr(quotation, role)))) for role, label in _ROLES]
    facts += [("Chain", " ← ".join(f"{line(link.name)} ({link.naming} {link.kind})" for link in quotation.chain))]
    facts += [("Medium", wording.MEDIA[quotation.medium]), ("Stance", wording.STANCES[quotation.stance])]
    facts += [("Confidence", f"{quotation.confidence:.2f}")]
    terms = [tag("div", tag("dt", label), tag("dd", words)) for label, words in facts if words]
    reasons = [tag("ul", *(tag("li", line(reason)) for reason in quotation.why))] if quotation.why else []
    doubt = [" · ", tag("span", f"unsure {quotation.confidence:.2f}", class_="unsure")] if unsure else []
    summary = tag("summary", *_how(page, quotation), *doubt, tag("span", "why", class_="ask"))
    return tag("details", summary, *reasons, tag("dl", *terms))
