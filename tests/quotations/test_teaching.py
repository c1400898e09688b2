"""What a teacher says, beside what annotators say: both become the same tasks for the network."""

import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")
sys.path.append(str(Path(__file__).parents[2]))

from training.batches import RoleTask, asked, chunks, edges, role_task
from training.data import Chances, Document, Quote, Taught, document

TEXT = "Die Lage ist ernst. Bürgermeisterin Mahlow sagte, das Bad sei geschlossen. Der Rat tagt am Montag wieder."
QUOTE, SPEAKER, CUE, FRAME = ([50, 73],), ([20, 42],), ([43, 48],), ([20, 49],)


def annotated() -> Document:
    parts = {"quote": QUOTE, "speaker": SPEAKER, "cue": CUE, "frame": FRAME, "addressee": (), "hedges": ()}
    spans = {role: [list(span) for span in found] for role, found in parts.items()}
    quote = {"type": "Indirect", "medium": "Speech", "stance": "assert", **spans}
    return document({"name": "a", "text": TEXT, "furniture": [], "quotes": [quote], "wikinews": True})


def as_taught(known: Document) -> Document:
    """The same answers as a teacher gives them that has no doubt."""
    (quote,) = known.quotes
    first, last = quote.hull
    n = len(known.tokens)
    table = np.zeros((n, 2), np.float32)
    table[first, 0] = table[last - 1, 1] = 1
    roles, speaker = np.zeros((n, 6), np.float32), np.zeros((n + 1, 2), np.float32)
    for number, role in enumerate(("speaker", "cue", "frame", "addressee", "hedges"), 1):
        roles[quote.roles[role], number] = 1
    speaker[quote.roles["speaker"][0], 0] = speaker[quote.roles["speaker"][-1], 1] = 1
    kinds = np.eye(6, dtype=np.float32)[quote.type + 1]
    labels = tuple(np.eye(size, dtype=np.float32)[label] if label >= 0 else np.zeros(size, np.float32)
                   for size, label in ((5, quote.type), (7, quote.medium), (6, quote.stance), (7, -1)))  # fmt: skip
    taught = Taught(0, roles, speaker, labels, 1.0)
    copy = Quote(quote.pieces, quote.type, -1, -1, -1, quote.roles, taught)
    chances = Chances(table, {(first, last - 1): kinds})
    return Document("t", known.text, known.tokens, known.features, [copy], known.hedged, chances=chances)


def whole(one: Document) -> list[Any]:
    return list(chunks(one, random.Random(1)))


def task_of(batch: list[Any], width: int) -> RoleTask:
    task = role_task(batch, width, random.Random(1), jitter=0)
    assert task
    return task


def test_a_teacher_without_doubt_asks_the_same_as_gold() -> None:
    gold, taught = whole(annotated()), whole(as_taught(annotated()))
    width = len(gold[0]) + 1
    assert (edges(gold, width) == edges(taught, width)).all()
    likely = np.full((1, width, 2), 0.1)
    ours, theirs = (asked(batch, likely, width) for batch in (gold, taught))
    assert (ours.gold == theirs.gold).all()
    assert ours.gold.argmax(-1).count_nonzero() == 1
    mine, other = (task_of(batch, width) for batch in (gold, taught))
    for name in ("first", "last", "kind", "gold", "speaker", "weight"):
        assert (getattr(mine, name) == getattr(other, name)).all(), name
    for label, same in zip(mine.labels, other.labels, strict=True):
        assert (label == same).all()


def test_the_speaker_is_a_distribution_over_the_window_and_nobody() -> None:
    task = task_of(whole(annotated()), len(annotated().tokens) + 1)
    assert task.speaker.sum(1).tolist() == [[1.0, 1.0]]


def test_a_speaker_outside_the_window_is_unknown() -> None:
    known = as_taught(annotated())
    (quote,) = known.quotes
    assert quote.taught
    far = Taught(500, quote.taught.roles, quote.taught.speaker, quote.taught.labels, 1.0)
    known.quotes = [Quote(quote.pieces, quote.type, -1, -1, -1, quote.roles, far)]
    task = task_of(whole(known), len(known.tokens) + 1)
    assert task.speaker.sum() == 0
    assert task.gold.sum() == 0


def test_chances_of_a_part_are_counted_from_its_begin() -> None:
    rows = {(2, 4): np.ones(6, np.float32), (5, 9): np.zeros(6, np.float32)}
    part = Chances(np.arange(24, dtype=np.float32).reshape(12, 2), rows).cut(2, 8)
    assert list(part.spans) == [(0, 2)]
    assert part.edges[0].tolist() == [4.0, 5.0]
    assert len(part.edges) == 6
