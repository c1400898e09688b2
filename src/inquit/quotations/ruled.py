"""The reader by rules: an article to quotations, without a network."""

from dataclasses import replace

from inquit.languages import Language
from inquit.languages.tokens import Tokens, tokenize
from inquit.quotations.confidence import confidence, reasons
from inquit.quotations.drafts import Draft, encloses, spans
from inquit.quotations.marks import pair_marks
from inquit.quotations.rules import drafts
from inquit.records import Article, Quotation, Span, Spans

NESTED = 8
"""Quotations before one among which the enclosing one is looked for."""


def read(article: Article, language: Language) -> tuple[Quotation, ...]:
    """Quotations of `article` in the order of the text, outer before inner, ids from 0; chains are not yet filled."""
    tokens = tokenize(article.text, language, article.furniture)
    pairs = pair_marks(article.text, tokens, language)
    found = [_quotation(article.text, tokens, draft, language) for draft in drafts(tokens, pairs, language)]
    return _numbered(found)


def _quotation(text: str, tokens: Tokens, draft: Draft, language: Language) -> Quotation:
    """A draft with characters instead of tokens."""
    quote = spans(tokens, draft.quote)
    frame = _outside(spans(tokens, draft.frame.ranges), quote)
    return Quotation(
        id=0,
        type=draft.type,
        medium=draft.frame.medium,
        quote=quote,
        speaker=spans(tokens, (draft.frame.speaker,)) if draft.frame.speaker else (),
        cue=spans(tokens, draft.frame.cue),
        frame=frame,
        addressee=spans(tokens, (draft.frame.addressee,)) if draft.frame.addressee else (),
        confidence=confidence(draft, language),
        why=reasons(draft, tokens, text),
    )


def _outside(frame: Spans, quote: Spans) -> Spans:
    """The frame without what the quote covers; both are in order."""
    out: list[Span] = []
    for begin, end in frame:
        at = begin
        for hole in quote:
            if hole.begin < end and hole.end > at:
                out += [Span(at, hole.begin)] if at < hole.begin else []
                at = hole.end
        out += [Span(at, end)] if at < end else []
    return tuple(out)


def _numbered(found: list[Quotation]) -> tuple[Quotation, ...]:
    """The quotations with ids in order and the innermost enclosing quotation as parent."""
    ordered = sorted(found, key=lambda q: (q.quote[0].begin, -q.quote[-1].end))
    out: list[Quotation] = []
    for number, quotation in enumerate(ordered):
        parent = next((one.id for one in reversed(out[-NESTED:]) if encloses(one, quotation)), None)
        out.append(replace(quotation, id=number, parent=parent))
    return tuple(out)
