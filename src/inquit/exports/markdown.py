"""A report as Markdown (CommonMark, without HTML): source balance, article with numbered brackets, ledger as a list."""

import re
from collections.abc import Iterable, Iterator

from inquit.exports import wording
from inquit.exports.excerpts import line, pieces, quoted, short_name, visible
from inquit.exports.marking import Mark, marks, paragraphs, steps
from inquit.exports.sourcetree import Node, source_tree
from inquit.records import Ledger, Quotation, Span

_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~$&]")
# Some readers make links of bare addresses, others signs of words between colons.
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.|:(?=[a-z0-9_+-]+:)|@", re.IGNORECASE)
_LINE_START = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))")


def to_markdown(ledgers: Iterable[Ledger]) -> str:
    """The report on the ledgers, in their order."""
    return "\n\n".join("\n\n".join(_report(ledger)) for ledger in ledgers) + "\n"


def escape(text: str) -> str:
    """`text` on one line that Markdown shows as it is."""
    return _LINE_START.sub(_start, _inside(text))


def _inside(text: str) -> str:
    """The same for text that does not begin a line."""
    return _ADDRESS.sub(r"\\\g<0>", _ACTIVE.sub(r"\\\g<0>", visible(text)))


def _start(match: re.Match[str]) -> str:
    blank, sign = match.groups()
    return f"{blank}{sign}\\" if sign.isdigit() else f"{blank}\\{sign}"


def _said(text: str) -> str:
    return escape(line(text))


def _report(ledger: Ledger) -> Iterator[str]:
    yield f"# {_said(wording.heading(ledger.article))}"
    if about := wording.byline(ledger.article):
        yield _said(" · ".join(about))
    yield "## Source balance"
    yield from (_said(sentence) for sentence in wording.sentences(ledger.summary))
    if ledger.quotations:
        tree = source_tree(ledger)
        yield "\n".join(_sources(tree.root))
        if tree.folded_sources:
            yield f"{wording.count(tree.folded_sources, 'more source')}: {tree.folded_statements}"
    yield "## Article"
    yield from _article(ledger)
    yield "## Ledger"
    yield "\n".join(_ledger(ledger)) if ledger.quotations else "No statements."


def _sources(node: Node) -> Iterator[str]:
    """The tree of the sources as a nested list."""
    notes: list[str] = [node.kind] if node.kind in ("outlet", "document") and node.path else []
    notes += [wording.NAMINGS[node.naming]] if node.unnamed else []
    notes += [wording.count(node.total, "statement")]
    notes += [f"{node.disputed} disputed"] if node.disputed else []
    arrow = "← " if node.path else ""
    yield f"{'  ' * len(node.path)}- {arrow}**{escape(node.name)}** ({', '.join(notes)})"
    for child in node.children:
        yield from _sources(child)


def _article(ledger: Ledger) -> Iterator[str]:
    """The paragraphs; a statement stands in brackets that begin with its number."""
    shown = [mark for mark in marks(ledger) if mark.kind in ("quote", "furniture")]
    active: list[Mark] = []
    at = 0
    for paragraph in paragraphs(ledger.article.text):
        while at < len(shown) and shown[at].begin < paragraph.end:
            active.append(shown[at])
            at += 1
        active = [mark for mark in active if mark.end > paragraph.begin]
        quotes = [mark for mark in active if mark.kind == "quote"]
        around = [mark for mark in active if mark.kind == "furniture"]
        furniture = any(mark.begin <= paragraph.begin and paragraph.end <= mark.end for mark in around)
        yield ("> " if furniture else "") + _paragraph(ledger, paragraph, quotes)


def _paragraph(ledger: Ledger, paragraph: Span, active: list[Mark]) -> str:
    written = ""
    for step in steps(paragraph, active):
        if step.what == "text":
            words = ledger.article.text[step.begin : step.end]
            written += _inside(words) if written else escape(words)
        elif step.what == "open" and step.mark:
            again = "… " if step.again or not step.mark.first else ""
            written += f"\\[**{step.mark.of[0] + 1}** {again}"
        else:
            written += "\\]"
    return written


def _ledger(ledger: Ledger) -> Iterator[str]:
    numbers = {quotation.id: place for place, quotation in enumerate(ledger.quotations, 1)}
    against = wording.disputed_by(ledger)
    for place, quotation in enumerate(ledger.quotations, 1):
        lead = f"{place}. "
        inner = " " * len(lead)
        yield lead + (_said(quoted(ledger.article, quotation)) or "…")
        yield f"{inner}- {_who(ledger, quotation)}"
        yield f"{inner}- {_how(ledger, quotation)}"
        for who, by in against.get(quotation.id, {}).items():
            yield f"{inner}- disputed by {escape(who)} ({', '.join(str(numbers[number]) for number in by)})"
        for reason in quotation.why:
            yield f"{inner}- why: {_said(reason)}"


def _who(ledger: Ledger, quotation: Quotation) -> str:
    if not quotation.chain:
        speaker = _said(" ".join(pieces(ledger.article, quotation.speaker)))
        return f"**{speaker}**" if speaker else wording.NO_SOURCE
    primary = quotation.chain[-1]
    naming = "" if primary.naming == "named" else f" ({wording.NAMINGS[primary.naming]})"
    through = wording.whose_word(quotation.chain)
    return f"**{escape(short_name(primary.name))}**{naming}" + (f", {_said(through)}" if through else "")


def _how(ledger: Ledger, quotation: Quotation) -> str:
    how = [wording.TYPES[quotation.type], wording.MEDIA[quotation.medium], wording.STANCES[quotation.stance]]
    if hedges := pieces(ledger.article, quotation.hedges):
        how.append(f"hedged: {_said(', '.join(hedges))}")
    unsure = " (unsure)" if quotation.confidence < wording.LOW_CONFIDENCE else ""
    return " · ".join([*how, f"confidence {quotation.confidence:.2f}{unsure}"])
