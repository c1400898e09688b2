"""Gold annotation from files, in the format of the German quotation dataset or in the ledger format."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from inquit.errors import UsageError
from inquit.languages import language
from inquit.languages.tokens import tokenize
from inquit.records import Article, Medium, Quotation, Source, Span, Spans, Stance, Type

PARTS = ("quote", "addressee", "cue", "frame", "speaker")
"""The quote and its roles, in the order in which the published scorer counts them."""

LOST_TOKEN = 400
"""Characters in which the next token of the dataset is looked for, as in the published scorer."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A quotation as it is scored: the numbers of the tokens of each part, in order."""

    type: Type | None
    medium: Medium | None
    tokens: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuotation:
    """A gold quotation; `id` is its own in its file. The last five are `None` where the gold does not say."""

    id: int
    scored: Scored
    quote: Spans
    speaker: Spans
    chain: tuple[Source, ...] | None = None
    stance: Stance | None = None
    hedges: Spans | None = None
    disputes: tuple[int, ...] | None = None
    supports: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its gold quotations and the tokens that they are scored by."""

    article: Article
    tokens: Spans
    quotations: tuple[GoldQuotation, ...]

    @property
    def has_chains(self) -> bool:
        """Whether the gold says on whose word each quotation rests."""
        return any(quotation.chain is not None for quotation in self.quotations)


def load(path: Path) -> tuple[GoldArticle, ...]:
    """Gold articles of a JSONL file; raises `UsageError` where it is not gold in one of the two formats."""
    articles = []
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                articles.append(_article(msgspec.json.decode(line)))
            except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as error:
                raise UsageError(f"{path}: line {number} is not gold: {error!r}") from error
    return tuple(articles)


def _article(document: dict[str, Any]) -> GoldArticle:
    """One gold article of either format."""
    return _from_dataset(document) if "originalText" in document else _from_ledger(document)


def _from_dataset(document: dict[str, Any]) -> GoldArticle:
    """An article of the dataset: its own tokens, and quotations that name them."""
    text, name = document["originalText"], document.get("documentName", "")
    article = Article(id=name, origin=name, text=text, language="de")
    quotations = []
    for number, annotation in enumerate(document["annotations"]):
        tokens = {part: _token_ids(annotation, part) for part in PARTS}
        scored = Scored(annotation.get("type"), annotation.get("medium"), tokens)
        quote, speaker = _char_spans(annotation, "quote"), _char_spans(annotation, "speaker")
        identity = annotation.get("id", number)
        quotations.append(GoldQuotation(id=identity, scored=scored, quote=quote, speaker=speaker))
    return GoldArticle(article, _dataset_tokens(document), tuple(quotations))


def _token_ids(annotation: dict[str, Any], part: str) -> tuple[int, ...]:
    """Numbers of the tokens of one part, in order, each once."""
    return tuple(sorted(set((annotation.get(part) or {}).get("tokenIds", ()))))


def _char_spans(annotation: dict[str, Any], part: str) -> Spans:
    """Characters of one part."""
    return tuple(Span(s["charBegin"], s["charEnd"]) for s in (annotation.get(part) or {}).get("spans", ()))


def _dataset_tokens(document: dict[str, Any]) -> Spans:
    """Characters of every token of the dataset, in order, found as the published scorer finds them."""
    text, offsets, at = document["originalText"], [], 0
    for sentence in document["sentences"]:
        at = max(at, sentence.get("charBegin", at) - 1)
        for token in sentence["tokens"]:
            begin = text.find(token, at)
            if begin < 0 or begin - at > LOST_TOKEN:
                begin = at
            offsets.append(Span(begin, begin + len(token)))
            at = begin + len(token)
    return tuple(offsets)


def _from_ledger(document: dict[str, Any]) -> GoldArticle:
    """An article in the ledger format, with the tokens that reading makes of it; gold furniture stays unread."""
    known = {name: document["article"].get(name) for name in ("title", "outlet", "url", "published")}
    text, code = document["article"]["text"], document["article"].get("language") or "de"
    name = document["article"].get("id") or ""
    article = Article(id=name, origin=name, text=text, language=code, **known)
    made = tokenize(text, language(code))
    tokens = tuple(Span(begin, end) for begin, end in zip(made.begins, made.ends, strict=True))
    return GoldArticle(article, tokens, tuple(_ledger_quotation(one, tokens) for one in document["quotations"]))


def _ledger_quotation(one: dict[str, Any], tokens: Spans) -> GoldQuotation:
    """One gold quotation in the ledger format."""
    chain = one.get("chain")
    spans = {part: _spans(one.get(part)) or () for part in PARTS}
    return GoldQuotation(
        id=one["id"],
        scored=Scored(one["type"], one["medium"], {part: covering(tokens, spans[part]) for part in PARTS}),
        quote=spans["quote"],
        speaker=spans["speaker"],
        chain=None if chain is None else tuple(_source(link) for link in chain),
        stance=one.get("stance"),
        hedges=_spans(one.get("hedges")),
        disputes=_ids(one.get("disputes")),
        supports=_ids(one.get("supports")),
    )


def _source(link: dict[str, Any]) -> Source:
    """One link of a gold chain."""
    mention = link.get("mention") or (0, 0)
    return Source(mention=Span(*mention), name=link.get("name") or "", kind=link["kind"], naming=link["naming"])


def _spans(value: Iterable[Sequence[int]] | None) -> Spans | None:
    """Spans of a list of pairs."""
    return None if value is None else tuple(Span(begin, end) for begin, end in value)


def _ids(value: Iterable[int] | None) -> tuple[int, ...] | None:
    """Ids of a list."""
    return None if value is None else tuple(value)


def covering(tokens: Spans, spans: Spans) -> tuple[int, ...]:
    """Numbers of the tokens, which are in order, that overlap with any of the spans."""
    ends = [end for _, end in tokens] if spans else []
    found: set[int] = set()
    for begin, end in spans:
        number = bisect_right(ends, begin)
        while number < len(tokens) and tokens[number].begin < end:
            found.add(number)
            number += 1
    return tuple(sorted(found))


def scored(quotations: Sequence[Quotation], tokens: Spans) -> list[tuple[Quotation, Scored]]:
    """Read quotations as they are scored; those without a token in their quote are left out."""
    out = []
    for quotation in quotations:
        parts = {part: covering(tokens, getattr(quotation, part)) for part in PARTS}
        if parts["quote"]:
            out.append((quotation, Scored(quotation.type, quotation.medium, parts)))
    return out
