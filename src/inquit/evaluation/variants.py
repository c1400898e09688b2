"""The gold in other dress: the same articles in other house styles, with all offsets carried over."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from inquit.evaluation.gold import PARTS, GoldArticle, GoldQuotation, Scored
from inquit.records import Span, Spans

_TO_GUILLEMETS = str.maketrans("„“”‚‘", "«»»‹›")
_TO_STRAIGHT = str.maketrans("„“”‚‘", '"""\'\'')
_LINE_BREAKS = re.compile(r"\s*[\r\n]\s*")
_MARK = re.compile('[„“”"«»‹›]')


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters `[begin, end)` replaced by `text`."""

    begin: int
    end: int
    text: str


def variants(gold: Sequence[GoldArticle]) -> dict[str, tuple[GoldArticle, ...]]:
    """The gold as it is and in each variant, by the name of the variant."""
    return {
        "as it is": tuple(gold),
        "ß to ss": tuple(_edited(one, _sharp_s(one)) for one in gold),
        "„…“ to «…»": tuple(_translated(one, _TO_GUILLEMETS) for one in gold),
        '„…“ to "…"': tuple(_translated(one, _TO_STRAIGHT) for one in gold),
        "no marks, no paragraphs": tuple(_edited(one, _unmarked(one)) for one in gold),
    }


def _sharp_s(gold: GoldArticle) -> list[_Edit]:
    """Every ß as ss, as in Switzerland."""
    return [_Edit(match.start(), match.end(), "ss") for match in re.finditer("ß", gold.article.text)]


def _unmarked(gold: GoldArticle) -> list[_Edit]:
    """No quotation marks in quotes that are not Direct, except those of Direct quotes in them; one paragraph."""
    text = gold.article.text
    direct = [span for one in gold.quotations if one.scored.type == "Direct" for span in one.quote]
    dropped = {
        match.start()
        for one in gold.quotations
        if one.scored.type != "Direct"
        for begin, end in one.quote
        for match in _MARK.finditer(text, begin, end)
        if not any(first <= match.start() < last for first, last in direct)
    }
    edits = [_Edit(at, at + 1, "") for at in dropped]
    edits += [_Edit(match.start(), match.end(), " ") for match in _LINE_BREAKS.finditer(text)]
    return sorted(edits, key=lambda edit: edit.begin)


def _translated(gold: GoldArticle, table: dict[int, int]) -> GoldArticle:
    """The article with characters replaced one by one."""
    text = gold.article.text.translate(table)
    return replace(gold, article=replace(gold.article, text=text))


def _edited(gold: GoldArticle, edits: list[_Edit]) -> GoldArticle:
    """The article after edits, which are in order and do not overlap; tokens that are gone are in no quotation."""
    text, out, at = gold.article.text, [], 0
    for edit in edits:
        out += [text[at : edit.begin], edit.text]
        at = edit.end
    moved = _Moved(edits)
    new = "".join([*out, text[at:]])
    spans = [moved.span(span) for span in gold.tokens]
    kept = [number for number, span in enumerate(spans) if span.begin < span.end]
    numbers = {old: number for number, old in enumerate(kept)}
    quotations = tuple(_moved_quotation(one, moved, numbers) for one in gold.quotations)
    return GoldArticle(replace(gold.article, text=new), tuple(spans[number] for number in kept), quotations)


class _Moved:
    """Where characters are after edits."""

    def __init__(self, edits: list[_Edit]) -> None:
        self._edits = edits
        self._begins = [edit.begin for edit in edits]
        self._shifts = [0]
        for edit in edits:
            self._shifts.append(self._shifts[-1] + len(edit.text) - (edit.end - edit.begin))

    def offset(self, at: int, *, end: bool = False) -> int:
        """The new place of an offset; inside an edit its end or its begin."""
        number = bisect_right(self._begins, at - 1 if end else at)
        if number:
            edit = self._edits[number - 1]
            if at < edit.end or (end and at == edit.end):
                moved = edit.begin + self._shifts[number - 1]
                return moved + (len(edit.text) if end else 0)
        return at + self._shifts[number]

    def span(self, span: Span) -> Span:
        """The new place of a span; where nothing is left of it, an empty one."""
        begin, end = self.offset(span.begin), self.offset(span.end, end=True)
        return Span(begin, max(begin, end))

    def spans(self, spans: Spans) -> Spans:
        """The new places of spans, without those of which nothing is left."""
        moved = [self.span(span) for span in spans]
        return tuple(span for span in moved if span.begin < span.end)


def _moved_quotation(one: GoldQuotation, moved: _Moved, numbers: dict[int, int]) -> GoldQuotation:
    """A quotation with its spans and token numbers carried over."""
    tokens = {part: tuple(numbers[n] for n in one.scored.tokens[part] if n in numbers) for part in PARTS}
    return replace(
        one,
        scored=Scored(one.scored.type, one.scored.medium, tokens),
        quote=moved.spans(one.quote),
        speaker=moved.spans(one.speaker),
        hedges=None if one.hedges is None else moved.spans(one.hedges),
    )
