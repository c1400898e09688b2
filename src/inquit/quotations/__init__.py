"""Article to quotations: who is quoted where, with the roles of each quotation. The network lives and dies here."""

from inquit.languages import Language
from inquit.languages.tokens import Tokens, tokenize
from inquit.quotations.drafts import Draft, encloses, spans, words_of
from inquit.quotations.marks import pair_marks
from inquit.quotations.rules import drafts
from inquit.records import Article, Quotation, Span, Spans


def find(article: Article, language: Language) -> tuple[Quotation, ...]:
    """Quotations of `article`, in the order of the text, ids from 0; chains, stance and hedges are not yet filled."""
    tokens = tokenize(article.text, language, article.furniture)
    pairs = pair_marks(article.text, tokens, language)
    found = [_quotation(article.text, tokens, draft) for draft in drafts(tokens, pairs, language)]
    return _numbered(found)


def _quotation(text: str, tokens: Tokens, draft: Draft) -> Quotation:
    """A draft with characters instead of tokens."""
    quote = spans(tokens, draft.quote)
    frame = _outside(spans(tokens, draft.frame.ranges), quote)
    reason = f"rule: {draft.rule}"
    if draft.frame.cue:
        reason += f"; cue: {words_of(tokens, text, draft.frame.cue)}"
    return Quotation(
        id=0,
        type=draft.type,
        medium=draft.frame.medium,
        quote=quote,
        speaker=spans(tokens, (draft.frame.speaker,)) if draft.frame.speaker else (),
        cue=spans(tokens, draft.frame.cue),
        frame=frame,
        addressee=spans(tokens, (draft.frame.addressee,)) if draft.frame.addressee else (),
        confidence=0.5,
        why=(reason,),
    )


def _outside(frame: Spans, quote: Spans) -> Spans:
    """The frame without what the quote covers."""
    out: list[Span] = []
    for span in frame:
        pieces = [span]
        for hole in quote:
            pieces = (
                [
                    Span(a, b)
                    for begin, end in pieces
                    for a, b in ((begin, min(end, hole.begin)), (max(begin, hole.end), end))
                    if a < b
                ]
                if any(begin < hole.end and end > hole.begin for begin, end in pieces)
                else pieces
            )
        out += pieces
    return tuple(out)


def _numbered(found: list[Quotation]) -> tuple[Quotation, ...]:
    """The quotations with ids in order and the innermost enclosing quotation as parent."""
    from dataclasses import replace

    ordered = sorted(found, key=lambda q: (q.quote[0].begin, -q.quote[-1].end))
    out: list[Quotation] = []
    for number, quotation in enumerate(ordered):
        parent = next((o.id for o in reversed(out[-8:]) if encloses(o, quotation)), None)
        out.append(replace(quotation, id=number, parent=parent))
    return tuple(out)
