"""Gold quotations of all data sets in one shape: token numbers over the reader's own tokens."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from inquit.languages import language
from inquit.languages.tokens import Tokens, tokenize
from inquit.quotations.candidates import Floats
from inquit.quotations.features import Features, features
from inquit.records import MEDIA, STANCES, TYPES, Span

ROLES = ("speaker", "cue", "frame", "addressee", "hedges")
Edit = tuple[int, int, str]
"""(begin, end, new): characters of a text that are replaced."""

HELD_OUT = 7
"""Every seventh article of inquit-articles is kept for a second development set: newspapers, not Wikinews."""

MARK_PAIRS = (("„", "“"), ("«", "»"), ("»", "«"), ('"', '"'), ("“", "”"))


@dataclass
class Quote:
    """One gold quotation: `pieces` are token ranges, `roles` token numbers; -1 for a label that is not annotated.

    `medium` is that of german-quotes, `other_medium` that of the other sets: they draw the lines between media
    differently, so each has a head of its own, and the reader speaks as german-quotes does.
    """

    pieces: list[tuple[int, int]]
    type: int
    medium: int
    other_medium: int
    stance: int
    roles: dict[str, list[int]]
    taught: "Taught | None" = None

    @property
    def hull(self) -> tuple[int, int]:
        return self.pieces[0][0], self.pieces[-1][1]


@dataclass(frozen=True)
class Taught:
    """What a teacher says of a quotation, in place of gold: probabilities over tokens from `low` on, and of labels.

    `roles` [w, 6] belong to the first six of `OUTPUTS`, `speaker` [w + 1, 2] to begin and end, nobody last; `labels`
    are distributions over type, medium, stance and the medium of the other sets; `weight` is the span's support.
    """

    low: int
    roles: Floats
    speaker: Floats
    labels: tuple[Floats, ...]
    weight: float

    def moved(self, by: int) -> "Taught":
        return replace(self, low=self.low + by)


@dataclass(frozen=True)
class Chances:
    """What a teacher says of the spans of a text: `edges` [n, 2], and for spans the distribution of `Spans`."""

    edges: Floats
    spans: dict[tuple[int, int], Floats]

    def cut(self, low: int, high: int) -> "Chances":
        inside = {(a - low, b - low): row for (a, b), row in self.spans.items() if low <= a and b < high}
        return Chances(self.edges[low:high], inside)


@dataclass
class Document:
    """One article with its gold quotations; `hedged` says whether hedges are annotated.

    `chances` are there where a teacher and no annotator read the article.
    """

    name: str
    text: str
    tokens: Tokens
    features: Features
    quotes: list[Quote]
    hedged: bool
    variants: list["Document"] = field(default_factory=list)
    chances: Chances | None = None


Record = dict[str, Any]
"""{"name", "text", "furniture", "quotes": [{"type", "medium", "stance", "quote", roles…}]}, spans in characters."""


def records(path: Path) -> Iterator[Record]:
    """Articles of a gold file of either format, all spans in characters."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            yield _tokenwise(raw) if "originalText" in raw else _ledger(raw)


def _ledger(raw: Record) -> Record:
    article = raw["article"]
    quotes = [{**q, **{r: q.get(r) or [] for r in ROLES}} for q in raw["quotations"]]
    furniture = article.get("furniture") or []
    return {"name": article["id"], "text": article["text"], "furniture": furniture, "quotes": quotes, "wikinews": False}


def _tokenwise(raw: Record) -> Record:
    offsets = token_offsets(raw)
    quotes = []
    for a in raw["annotations"]:
        parts = {r: _spans((a.get(r) or {}).get("tokenIds", []), offsets) for r in ("quote", *ROLES)}
        quotes.append({"type": a.get("type"), "medium": a.get("medium"), "stance": None, **parts})
    name, text = raw["documentName"], raw["originalText"]
    return {"name": name, "text": text, "furniture": [], "quotes": quotes, "wikinews": True}


def token_offsets(raw: Record) -> list[tuple[int, int]]:
    """Character offsets of the tokens of a german-quotes document, found the way the scorer finds them."""
    text, offsets, at = raw["originalText"], [], 0
    for sentence in raw["sentences"]:
        at = max(at, sentence.get("charBegin", at) - 1)
        for token in sentence["tokens"]:
            begin = text.find(token, at)
            if begin < 0 or begin - at > 400:
                begin = at
            offsets.append((begin, begin + len(token)))
            at = begin + len(token)
    return offsets


def _spans(ids: list[int], offsets: list[tuple[int, int]]) -> list[list[int]]:
    spans: list[list[int]] = []
    before = -2
    for i in sorted(set(ids)):
        if i == before + 1:
            spans[-1][1] = offsets[i][1]
        else:
            spans.append(list(offsets[i]))
        before = i
    return spans


def document(record: Record) -> Document:
    tokens = tokenize(record["text"], language("de"), skip=[Span(*s) for s in record["furniture"]])
    begins, ends = np.array(tokens.begins), np.array(tokens.ends)

    def ids(spans: list[list[int]]) -> list[int]:
        found: set[int] = set()
        for b, e in spans:
            found.update(range(int(np.searchsorted(ends, b, "right")), int(np.searchsorted(begins, e, "left"))))
        return sorted(found)

    quotes = []
    for q in record["quotes"]:
        pieces = runs(ids(q["quote"]))
        if pieces and q["type"] in TYPES:
            medium = MEDIA.index(q["medium"]) if q["medium"] in MEDIA else -1
            stance = STANCES.index(q["stance"]) if q.get("stance") in STANCES else -1
            media = (medium, -1) if record["wikinews"] else (-1, medium)
            quotes.append(Quote(pieces, TYPES.index(q["type"]), *media, stance, {r: ids(q[r]) for r in ROLES}))
    hedged = any(q.get("stance") for q in record["quotes"])
    return Document(record["name"], record["text"], tokens, features(tokens), quotes, hedged)


def runs(ids: list[int]) -> list[tuple[int, int]]:
    """Half-open ranges of consecutive numbers."""
    found: list[tuple[int, int]] = []
    for i in ids:
        if found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return found


def edited(record: Record, edits: list[Edit]) -> Record:
    """The record with characters of its text replaced and every span moved along."""
    text, edits = record["text"], sorted(set(edits))
    pieces, at = [], 0
    for b, e, new in edits:
        if b < at:
            continue
        pieces += [text[at:b], new]
        at = e
    pieces.append(text[at:])

    def moved(x: int, is_end: bool) -> int:
        shift = 0
        for b, e, new in edits:
            if e < x or (e == x and (b < e or (is_end == new.endswith(CLOSER)))):
                shift += len(new) - (e - b)
            elif b < x < e:
                return b + shift
        return x + shift

    def spans(found: list[list[int]]) -> list[list[int]]:
        return [[moved(b, False), moved(e, True)] for b, e in found]

    quotes = [{**q, **{part: spans(q[part]) for part in ("quote", *ROLES)}} for q in record["quotes"]]
    return {**record, "text": "".join(pieces), "furniture": spans(record["furniture"]), "quotes": quotes}


CLOSER = "\u200b"
"""Marks an inserted closing mark until the text is cut into tokens."""


def with_marks(record: Record, marks: tuple[str, str]) -> Record:
    """Quotation marks put around every Direct piece that has none."""
    edits: list[Edit] = []
    for q in record["quotes"]:
        if q["type"] == "Direct":
            for b, e in q["quote"]:
                if record["text"][b] not in "„“\"«»‚‘'":
                    edits += [(b, b, marks[0]), (e, e, marks[1] + CLOSER)]
    return edited(record, edits)


def without_marks(record: Record, joined: bool) -> Record:
    """Quotation marks dropped outside Direct quotations and, if `joined`, paragraphs joined."""
    direct = [s for q in record["quotes"] if q["type"] == "Direct" for s in q["quote"]]
    text = record["text"]
    edits: list[Edit] = [
        (i, i + 1, "") for i, letter in enumerate(text) if letter in '„“”"«»' and not any(b <= i < e for b, e in direct)
    ]
    if joined:
        edits += [(i, i + 1, " ") for i, letter in enumerate(text) if letter in "\r\n"]
    return edited(record, edits)


def load(data: Path, seed: int) -> tuple[list[Document], list[Document], list[Document]]:
    """Training articles with their variants, german-quotes/dev, and the held-out part of inquit-articles."""
    rng = random.Random(seed)
    train: list[Document] = []
    for record in records(data / "german-quotes/train.jsonl"):
        made = document(record)
        made.variants = [document(without_marks(record, joined=rng.random() < 0.7))]
        train.append(made)
    for record in records(data / "derstandard-quotes/train.jsonl"):
        made = document(record)
        made.variants = [document(with_marks(record, rng.choice(MARK_PAIRS))) for _ in range(2)]
        train.append(made)
    held = []
    for i, record in enumerate(records(data / "inquit-articles/train.jsonl")):
        made = document(record)
        if i % HELD_OUT == 3:
            held.append(made)
            continue
        made.variants = [document(without_marks(record, joined=rng.random() < 0.7))]
        train.append(made)
    dev = [document(record) for record in records(data / "german-quotes/dev.jsonl")]
    return train, dev, held
