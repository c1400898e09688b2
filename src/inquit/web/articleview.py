"""An article as its page shows it: paragraphs with their marks, and the ledger in the margin."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from inquit.exports import wording
from inquit.exports.excerpts import pieces, quoted, short_name, shorten
from inquit.exports.htmlarticle import TYPE_CLASSES, headline, step_text
from inquit.exports.marking import Mark, depths, marks, paragraphs, steps
from inquit.exports.markup import Markup, classes, tag
from inquit.exports.sourcetree import source_tree
from inquit.exports.svg import drawings
from inquit.records import Ledger, Quotation, Source, Span, Verdict
from inquit.web import telling
from inquit.web.phrases import Phrases

LETTERS, STATEMENTS = 24_000, 90
"""Characters and statements of one part of an article: a page stays below 200 kB. A long feature has 20 000."""

FACT = 400
"""Characters of a quotation or a span that are shown among the reasons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is asked of the page: which statements to mark, and which part of a long article to show.

    `at` is the id of a quotation that must be on it, whatever the part.
    """

    only: str | None = None
    source: str | None = None
    part: int = 1
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A statement in the margin ledger. `number` is as it is shown, from 1; `through` leads from outside inwards."""

    number: int
    quotation: Quotation
    kind: str
    depth: int
    name: str
    source: Source | None
    source_id: str | None
    through: tuple[Source, ...]
    words: str
    hedges: str
    disputed_by: dict[str, list[int]]
    disputes: list[int]
    unsure: bool
    verdict: Verdict | None
    shown: bool
    facts: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph ready to be shown; `begin` is its place in the text."""

    begin: int
    kind: str
    content: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChoice:
    """A primary source as a filter."""

    key: str
    name: str
    naming: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article as its page shows it."""

    ledger: Ledger
    title: str
    byline: list[str]
    lead: str
    disputed: str
    drawing: Markup
    folded: tuple[int, int]
    paragraphs: list[Paragraph]
    entries: list[Entry]
    sources: list[SourceChoice]
    types: list[str]
    asked: Shown
    parts: int
    shown: int
    lost: tuple[Verdict, ...] = ()
    labels: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a corpus knows of an article: verdicts and sources by quotation id, and verdicts without their statement."""

    verdicts: Mapping[int, Verdict] = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)
    lost: tuple[Verdict, ...] = ()


def article_view(ledger: Ledger, t: Phrases, asked: Shown, known: Known) -> ArticleView:
    """The page of an article."""
    found = _cut(paragraphs(ledger.article.text))
    parts = _parts(ledger, found)
    part = parts[_place(ledger, asked, parts) - 1] if parts else []
    everything = _entries(ledger, t, asked, known)
    here = _within(everything, part, parts)
    tree = source_tree(ledger, unknown_outlet=t("drawing.this"))
    text = _Text(
        ledger, t, {entry.number for entry in everything if entry.shown}, wording.disputed_by(ledger), asked.at
    )
    said = f"{t('drawing.label')} {telling.lead(ledger.summary, t)}"
    return ArticleView(
        ledger=ledger,
        title=wording.heading(ledger.article),
        byline=_byline(ledger, t),
        lead=telling.lead(ledger.summary, t),
        disputed=telling.disputed(ledger.summary, t),
        drawing=drawings(tree, said, telling.drawing_words(t)),
        folded=(tree.folded_sources, tree.folded_statements),
        paragraphs=text.paragraphs(part, found),
        entries=here,
        sources=_choices(ledger),
        types=[kind for kind in wording.TYPES if any(q.type == kind for q in ledger.quotations)],
        asked=replace(asked, part=_place(ledger, asked, parts)),
        parts=len(parts),
        shown=sum(entry.shown for entry in everything),
        lost=known.lost,
        labels={
            "hedge": any(q.hedges for q in ledger.quotations),
            "furniture": bool(ledger.article.furniture),
            "disputed": any(q.disputes for q in ledger.quotations),
            "unnamed": any(q.chain and q.chain[-1].naming != "named" for q in ledger.quotations),
        },
    )


def source_key(source: Source) -> str:
    """A primary source of an article in an address."""
    return shorten(" ".join(source.name.casefold().split()), 120)


def _byline(ledger: Ledger, t: Phrases) -> list[str]:
    article = ledger.article
    parts = [wording.outlet(article), t.when(article.published), telling.names(article.authors, t)]
    return [part for part in (*parts, telling.names(article.credits, t)) if part]


def _choices(ledger: Ledger) -> list[SourceChoice]:
    found: dict[str, list[Source]] = {}
    for quotation in ledger.quotations:
        if quotation.chain:
            found.setdefault(source_key(quotation.chain[-1]), []).append(quotation.chain[-1])
    made = [
        SourceChoice(key=key, name=short_name(of[0].name), naming=of[0].naming, statements=len(of))
        for key, of in found.items()
    ]
    return sorted(made, key=lambda choice: -choice.statements)[:40]


# --- parts of a long article


def _cut(found: list[Span]) -> list[Span]:
    """The paragraphs, those that are longer than a part in pieces."""
    return [
        Span(at, min(at + LETTERS, end)) for begin, end in found for at in range(begin, max(end, begin + 1), LETTERS)
    ]


def _parts(ledger: Ledger, found: list[Span]) -> list[list[Span]]:
    """The paragraphs of each part."""
    begins = sorted(q.quote[0].begin for q in ledger.quotations if q.quote)
    parts: list[list[Span]] = []
    letters = statements = at = 0
    for one in found:
        within = 0
        while at < len(begins) and begins[at] < one.end:
            within += 1
            at += 1
        letters += one.end - one.begin
        statements += within
        if not parts or letters > LETTERS or statements > STATEMENTS:
            parts.append([])
            letters, statements = one.end - one.begin, within
        parts[-1].append(one)
    return parts


def _place(ledger: Ledger, asked: Shown, parts: list[list[Span]]) -> int:
    """The number of the part to show, from 1."""
    wanted = next((q for q in ledger.quotations if q.id == asked.at and q.quote), None)
    if wanted is None:
        return min(max(asked.part, 1), max(len(parts), 1))
    begin = wanted.quote[0].begin
    return next((at for at, part in enumerate(parts, 1) if begin < part[-1].end), len(parts))


def _within(entries: list[Entry], part: list[Span], parts: list[list[Span]]) -> list[Entry]:
    """The entries of the statements that begin in a part."""
    if len(parts) < 2:
        return entries[: STATEMENTS * 2]
    begin, end = part[0].begin, part[-1].end
    first = part is parts[0]
    found = [e for e in entries if first or (e.quotation.quote and begin <= e.quotation.quote[0].begin)]
    return [e for e in found if not e.quotation.quote or e.quotation.quote[0].begin < end][: STATEMENTS * 2]


# --- the text


@dataclass(frozen=True, slots=True)
class _Text:
    """What the paragraphs of an article are written with: `marked` are the numbers of the statements asked for,
    `against` the ids of those that are disputed.
    """

    ledger: Ledger
    t: Phrases
    marked: Collection[int]
    against: Collection[int]
    at: int | None

    def paragraphs(self, part: list[Span], whole: list[Span]) -> list[Paragraph]:
        """The paragraphs of one part."""
        every = [m for m in marks(self.ledger) if part and m.begin < part[-1].end and m.end > part[0].begin]
        place = headline(self.ledger, whole)
        title = whole[place] if place is not None else None
        made: list[Paragraph] = []
        active: list[Mark] = []
        at = 0
        for one in part:
            while at < len(every) and every[at].begin < one.end:
                active.append(every[at])
                at += 1
            active = [mark for mark in active if mark.end > one.begin]
            covered = any(m.kind == "furniture" and m.begin <= one.begin and one.end <= m.end for m in active)
            kind = "headline" if one == title else "furniture" if covered else ""
            made.append(Paragraph(begin=one.begin, kind=kind, content=self._content(one, active)))
        return made

    def _content(self, paragraph: Span, active: list[Mark]) -> Markup:
        """A paragraph with its marks as elements that nest."""
        written: list[str] = []
        for step in steps(paragraph, active):
            if step.what == "text":
                written.append(step_text(self.ledger.article.text, step))
            elif step.what == "open" and step.mark:
                written.append(self._opened(step.mark, again=step.again))
            else:
                written.append("</span>")
        return Markup("".join(written))

    def _opened(self, mark: Mark, *, again: bool) -> str:
        """The opening of a mark; a statement begins with its number, which leads to its entry."""
        numbers = [place + 1 for place in mark.of]
        if mark.kind != "quote":
            kept = mark.kind == "furniture" or any(number in self.marked for number in numbers)
            return f'<span class="{mark.kind if kept else "plain"}">'
        number = numbers[0]
        if number not in self.marked:
            return '<span class="plain">'
        quotation = self.ledger.quotations[mark.of[0]]
        kind = TYPE_CLASSES[quotation.type]
        disputed = quotation.id in self.against
        start = mark.first and not again
        names = classes("q", kind, f"depth{min(mark.depth, 3)}", "disputed" if disputed else None)
        anchor = f' id="t{number}"' if start else ""
        opening = f'<span class="{names}" data-s="{number}"{anchor}>'
        if not start:
            return opening
        label = self.t("entry.to_ledger", n=number, type=self.t(f"type.{quotation.type}"))
        label += f", {self.t('entry.disputed')}" if disputed else ""
        found = "found" if quotation.id == self.at else None
        attributes = {"href": f"#s{number}", "id": found, "aria_label": label, "lang": self.t.language}
        return opening + tag("a", str(number), class_="no", **attributes)


# --- the ledger


def _entries(ledger: Ledger, t: Phrases, asked: Shown, known: Known) -> list[Entry]:
    numbers = {quotation.id: place for place, quotation in enumerate(ledger.quotations, 1)}
    against = wording.disputed_by(ledger)
    nesting = depths(ledger.quotations)
    made = []
    for quotation in ledger.quotations:
        source = quotation.chain[-1] if quotation.chain else None
        name = source.name if source else " ".join(pieces(ledger.article, quotation.speaker))
        by = against.get(quotation.id, {})
        made.append(
            Entry(
                number=numbers[quotation.id],
                quotation=quotation,
                kind=TYPE_CLASSES[quotation.type],
                depth=min(nesting[quotation.id], 3),
                name=short_name(name) if name else "",
                source=source,
                source_id=known.sources.get(quotation.id),
                through=quotation.chain[:-1],
                words=shorten(quoted(ledger.article, quotation), FACT),
                hedges=", ".join(pieces(ledger.article, quotation.hedges)),
                disputed_by={who: [numbers[i] for i in ids if i in numbers] for who, ids in by.items()},
                disputes=[numbers[i] for i in quotation.disputes if i in numbers],
                unsure=quotation.confidence < wording.LOW_CONFIDENCE,
                verdict=known.verdicts.get(quotation.id),
                shown=_asked_for(quotation, asked, disputed=bool(by)),
                facts=_facts(ledger, t, quotation),
            )
        )
    return made


def _asked_for(quotation: Quotation, asked: Shown, *, disputed: bool) -> bool:
    source = quotation.chain[-1] if quotation.chain else None
    if asked.only == "unnamed" and (source is None or source.naming == "named"):
        return False
    if asked.only == "disputed" and not (disputed or quotation.disputes):
        return False
    return not asked.source or (source is not None and source_key(source) == asked.source)


def _facts(ledger: Ledger, t: Phrases, quotation: Quotation) -> list[tuple[str, str]]:
    """What the ledger holds of a statement, as label and value."""
    facts = []
    for role in ("speaker", "cue", "frame", "addressee"):
        words = shorten(" … ".join(pieces(ledger.article, getattr(quotation, role))), FACT)
        facts.append((t(f"role.{role}"), words))
    facts.append((t("field.medium"), t(f"medium.{quotation.medium}")))
    facts.append((t("field.stance"), t(f"stance.{quotation.stance}")))
    facts.append((t("field.confidence"), t.percent(quotation.confidence)))
    return [(label, value) for label, value in facts if value]
