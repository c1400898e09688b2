"""What went wrong, with the texts: missed, spurious, wrong span, wrong speaker, wrong type."""

from inquit.evaluation.figures import Mistake, MistakeKind
from inquit.evaluation.gold import GoldArticle, GoldQuotation, Scored
from inquit.evaluation.quotes import Matched, has_role, has_span, is_found
from inquit.records import Quotation, Spans


def mistakes(gold: GoldArticle, read: list[Quotation], matched: Matched) -> list[Mistake]:
    """The mistakes of one article, in the order of the gold and then of what is spurious; `read` as it was matched."""
    paired = {i: j for j, i in matched.pairs if is_found(matched.read[j], matched.gold[i])}
    out = []
    for i, one in enumerate(gold.quotations):
        j = paired.get(i)
        if j is None:
            out.append(_mistake("missed", gold, one, None))
            continue
        out += [_mistake(kind, gold, one, read[j]) for kind in _wrong(matched.read[j], matched.gold[i])]
    found = set(paired.values())
    out += [_mistake("spurious", gold, None, one) for j, one in enumerate(read) if j not in found]
    return out


def _wrong(read: Scored, gold: Scored) -> list[MistakeKind]:
    """What is wrong with a quotation that was found."""
    kinds: list[MistakeKind] = []
    if not has_span(read, gold):
        kinds.append("wrong span")
    if not has_role(read, gold, "speaker"):
        kinds.append("wrong speaker")
    if read.type != gold.type:
        kinds.append("wrong type")
    return kinds


def _mistake(kind: MistakeKind, gold: GoldArticle, one: GoldQuotation | None, read: Quotation | None) -> Mistake:
    """One mistake with the texts on both sides."""
    text = gold.article.text
    return Mistake(
        kind=kind,
        article=gold.article.id,
        gold=_shown(text, one.scored.type, one.speaker, one.quote) if one else None,
        read=_shown(text, read.type, read.speaker, read.quote) if read else None,
        why=read.why if read else (),
    )


def _shown(text: str, type_: str | None, speaker: Spans, quote: Spans) -> str:
    """Type, speaker and quote in one line."""
    return f"{type_} by [{_words(text, speaker)}]: {_words(text, quote)}"


def _words(text: str, spans: Spans) -> str:
    """The words of spans in one line."""
    return " … ".join(" ".join(text[begin:end].split()) for begin, end in spans)
