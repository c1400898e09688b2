"""The reader: an article to quotations, by the network, the rules, and what is exact."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp

from inquit.languages import Language
from inquit.languages.tokens import Tokens, tokenize
from inquit.quotations import fusion
from inquit.quotations.confidence import confidence
from inquit.quotations.decode import SECTION, Advice, Found, decode
from inquit.quotations.features import Features, features
from inquit.quotations.lexicon import lexicon
from inquit.quotations.marks import pair_marks
from inquit.quotations.media import media
from inquit.quotations.network import Foreseen, network
from inquit.quotations.rules import drafts
from inquit.quotations.times import tells_time
from inquit.records import MEDIA, STANCES, TYPES, Article, Quotation, Span, Spans

CUES_NAMED = 3
"""Words of a cue that a reason names at most."""


def read(article: Article, language: Language) -> tuple[Quotation, ...]:
    """Quotations of `article` in the order of the text, outer before inner, ids from 0; chains are not yet filled."""
    return read_together([article], language)[0]


def read_together(articles: Sequence[Article], language: Language) -> list[tuple[Quotation, ...]]:
    """Quotations of each of some articles; the same, and quicker than, `read` of one after the other."""
    return finish(begin(articles, language), language)


@dataclass(frozen=True, slots=True)
class Begun:
    """Articles whose tokens the network has read: that much is done outside Python's lock, the rest within."""

    articles: Sequence[Article]
    tokens: list[Tokens]
    seen: list[Features]
    foreseen: Foreseen


def begin(articles: Sequence[Article], language: Language) -> Begun:
    """The first half of reading some articles."""
    tokens = [tokenize(article.text, language, skip=article.furniture) for article in articles]
    seen = [features(one) for one in tokens]
    # Long articles are read section by section, so that what is said of all of their tokens is never kept at once.
    foreseen = Foreseen(network(language), [one for one in seen if len(one.forms) <= SECTION])
    return Begun(articles, tokens, seen, foreseen)


def finish(begun: Begun, language: Language) -> list[tuple[Quotation, ...]]:
    """The second half: quotations of each article."""
    found = []
    for article, tokens, seen in zip(begun.articles, begun.tokens, begun.seen, strict=True):
        known = evidence(article.text, tokens, language)
        advice = Advice(known, network(language).settings["fusion"], media(language))
        quoted = [one for one in decode(begun.foreseen, tokens, seen, advice) if not tells_time(one, tokens, language)]
        found.append(_numbered(quoted, tokens, seen, language))
    return found


def _numbered(found: list[Found], tokens: Tokens, seen: Features, language: Language) -> tuple[Quotation, ...]:
    """Quotations of one text as records."""
    scale = network(language).settings["confidence"]
    return tuple(
        replace(_quotation(one, tokens, scale), id=number, parent=parent, why=_why(one, tokens, seen, language))
        for number, (one, parent) in enumerate(zip(found, _parents(found), strict=True))
    )


def evidence(text: str, tokens: Tokens, language: Language) -> list[fusion.Evidence]:
    """What the rules say to a text, sorted by first token."""
    found = drafts(tokens, pair_marks(text, tokens, language), language)
    known = [fusion.evidence(one, confidence(one, language)) for one in found]
    short = [one for one in known if one.last - one.first < fusion.LONGEST_DRAFT]
    return sorted(short, key=lambda one: (one.first, -one.last))


def _quotation(found: Found, tokens: Tokens, scale: list[float]) -> Quotation:
    return Quotation(
        id=0,
        type=TYPES[int(found.types.argmax())],
        medium=MEDIA[int(found.media.argmax())],
        quote=_spans(found.pieces, tokens),
        speaker=_spans(found.roles["speaker"], tokens),
        cue=_spans(found.roles["cue"], tokens),
        frame=_spans(found.roles["frame"], tokens),
        addressee=_spans(found.roles["addressee"], tokens),
        stance=STANCES[int(found.stances.argmax())],
        hedges=_spans(found.roles["hedges"], tokens),
        confidence=_confidence(found.signs, scale),
    )


def _spans(ranges: tuple[tuple[int, int], ...], tokens: Tokens) -> Spans:
    return tuple(Span(*tokens.span(first, last)) for first, last in ranges)


def _parents(found: list[Found]) -> list[int | None]:
    """For every quotation the nearest one before it in the list that encloses all of its pieces."""
    parents: list[int | None] = []
    open_ones: list[int] = []
    for number, one in enumerate(found):
        while open_ones and found[open_ones[-1]].hull[1] <= one.hull[0]:
            open_ones.pop()
        inside = [k for k in open_ones if _encloses(found[k], one)]
        parents.append(inside[-1] if inside else None)
        open_ones.append(number)
    return parents


def _encloses(outer: Found, inner: Found) -> bool:
    return all(any(b <= x and y <= e for b, e in outer.pieces) for x, y in inner.pieces)


def _confidence(signs: tuple[float, ...], scale: list[float]) -> float:
    """Probability that quote, speaker and type are right: a logistic function fitted to articles not trained on."""
    score = scale[0] + sum(weight * sign for weight, sign in zip(scale[1:], signs, strict=True))
    return round(1 / (1 + exp(-max(-30.0, min(30.0, score)))), 3)


def _why(found: Found, tokens: Tokens, seen: Features, language: Language) -> tuple[str, ...]:
    """Reasons a reader can check: the marks, the cue, the Konjunktiv, the rule, and how sure the reader is."""
    reasons = []
    first, last = found.hull
    partner = int(seen.partner[first])
    if first < partner < last:
        reasons.append(f"quotation marks: {tokens.words[first]}…{tokens.words[partner]}")
    cue = [tokens.words[i] for b, e in found.roles["cue"] for i in range(b, e)]
    if cue:
        reasons.append(f"cue: {' … '.join(cue[:CUES_NAMED])}")
    konjunktiv = lexicon(language).konjunktiv
    verbs = [tokens.words[i] for b, e in found.pieces for i in range(b, e) if seen.forms[i] in konjunktiv]
    if verbs:
        reasons.append(f"Konjunktiv: {verbs[0]}")
    if not found.roles["speaker"]:
        reasons.append("no speaker in the text around")
    if found.rule:
        reasons.append(f"rule: {found.rule}")
    kind = int(found.types.argmax())
    reasons.append(f"network and rules: quotation {found.support:.2f}, {TYPES[kind]} {found.types[kind]:.2f}")
    return tuple(reasons)
