"""The trained reader at run time: word vectors from small tables, and three graphs in ONNX Runtime."""

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import as_file
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from inquit.languages import Language
from inquit.quotations.candidates import Floats, Ints
from inquit.quotations.features import Features, subwords

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_T = TypeVar("_T")

THREADS = 1
"""Threads of one reading: two gain little on one article and lose much where several processes share the cores."""

REACH = 640
"""Tokens of an article that are read at once, about three minutes of reading aloud; longer ones in parts."""

CONTEXT = 96
"""Tokens read again before and after each part of a long article."""

REMEMBERED = 60_000
"""Word vectors kept between articles (38 MB)."""


TOGETHER = 128
"""Forms whose vectors are made together: few enough that the rows of their subwords stay in the processor's cache."""


class Words:
    """Vectors of forms from tables of int8 rows: the form's own row, and twice the mean of its subwords' rows."""

    def __init__(self, forms: Sequence[str], tables: dict[str, npt.NDArray[Any]]) -> None:
        self._own = {form: row for row, form in enumerate(forms, 1)}
        self._tables = tables
        self._lock = Lock()
        self.size = int(tables["words"].shape[1])
        self._place: dict[str, int] = {}
        self._known = np.empty((0, self.size), np.float32)

    def vectors(self, forms: Sequence[str]) -> Floats:
        """[n, size] vectors of `forms`; several threads may ask at once."""
        with self._lock:
            new = [form for form in dict.fromkeys(forms) if form not in self._place]
            if len(self._place) + len(new) > len(self._known):
                new = list(dict.fromkeys(forms))
                self._place.clear()
                # Memory that is never written to is never taken from the system.
                self._known = np.empty((max(REMEMBERED, len(new)), self.size), np.float32)
            for begin in range(0, len(new), TOGETHER):
                part = new[begin : begin + TOGETHER]
                first = len(self._place)
                self._known[first : first + len(part)] = self._made(part)
                self._place.update(zip(part, range(first, first + len(part)), strict=True))
            return self._known[np.fromiter(map(self._place.__getitem__, forms), np.intp, len(forms))]

    def _made(self, forms: list[str]) -> Floats:
        rows = [subwords(form) for form in forms]
        lengths = np.array([len(r) for r in rows])
        flat = np.array([i for r in rows for i in r])
        pieces = self._rows("pieces", flat)
        summed = np.add.reduceat(pieces, np.cumsum(lengths) - lengths, axis=0)
        made = summed * (2.0 / lengths[:, None]).astype(np.float32)
        own = np.array([self._own.get(form, 0) for form in forms])
        return np.asarray(made + self._rows("words", own) * (own > 0)[:, None], np.float32)

    def _rows(self, table: str, index: Ints) -> Floats:
        scale = self._tables[f"{table}-scale"][index].astype(np.float32)
        return np.asarray(self._tables[table][index].astype(np.float32) * scale[:, None], np.float32)


class Member:
    """One trained network of the group: its three graphs."""

    def __init__(self, folder: Path, content: tuple[int, int]) -> None:
        self._tokens, self._spans, self._roles = (
            _session(str(folder / f"{name}.onnx")) for name in ("tokens", "spans", "roles")
        )
        self._content = slice(*content)

    def tokens(self, vectors: Floats, features: Features) -> tuple[Floats, Floats, Floats]:
        """(Probabilities to begin and end [n, 2], rows [n + 1, …], running sums before each token [n + 1, …])."""
        n = len(vectors)
        bounds, rows = zip(*(self._part(vectors, features, *part) for part in _parts(n)), strict=True)
        together = np.concatenate([*rows, np.zeros((1, rows[0].shape[1]), np.float32)])
        summed = np.zeros((n + 1, self._content.stop - self._content.start), np.float32)
        # Sums along rows of memory take a tenth of the time of sums across them, and add in the same order.
        summed[1:] = np.cumsum(np.ascontiguousarray(together[:-1, self._content].T), axis=1).T
        return np.concatenate(bounds), together, summed

    def _part(
        self, vectors: Floats, features: Features, around: tuple[int, int], part: tuple[int, int]
    ) -> tuple[Floats, Floats]:
        """Bounds and rows of the tokens of `part`, read within `around`."""
        here = slice(*around)
        classes = {name: getattr(features, name)[None, here].astype(np.int64) for name in CLASSES}
        bounds, rows = self._tokens.run(None, {"vectors": vectors[None, here], **classes})
        kept = slice(part[0] - around[0], part[1] - around[0])
        return bounds[0, kept], rows[0, kept]

    def spans(self, rows: Floats, summed: Floats, asked: tuple[Ints, Ints, Ints]) -> tuple[Floats, Floats]:
        """(Probabilities [c, 1 + types], vectors [c, …]) of candidates (first, last, classes)."""
        first, last, classes = asked
        given = {"rows": rows, "summed": summed, "first": first, "last": last, "classes": classes}
        probabilities, vectors = self._spans.run(None, given)
        return probabilities, vectors

    def roles(self, rows: Floats, quotation: Floats, asked: dict[str, npt.NDArray[Any]]) -> tuple[Floats, ...]:
        """(Logits [q, w, outputs], logits of no speaker [q, 2], label logits [q, labels])."""
        return tuple(self._roles.run(None, {"rows": rows, "quotation": quotation, **asked}))


CLASSES = ("casing", "inside", "place")


class TrainedNetwork:
    """The network of one language, as `decode` wants it: the mean of its members, which share the word vectors.

    What each member makes of a text for itself (rows, sums, vectors of quotations) stands side by side.
    """

    def __init__(self, folder: Path) -> None:
        names = ("words", "words-scale", "pieces", "pieces-scale")
        tables = {name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in names}
        self.words = Words((folder / "forms.txt").read_text("utf-8").splitlines(), tables)
        self.settings: dict[str, Any] = json.loads((folder / "reader.json").read_text("utf-8"))
        first, last = self.settings["content"]
        self._members = [Member(folder / name, (first, last)) for name in self.settings["members"]]
        self._pool: ThreadPoolExecutor | None = None
        self._process = 0

    def tokens(self, features: Features) -> tuple[Floats, Floats, Floats, Floats]:
        """(begin [n], end [n]: probabilities; rows [n + 1, …]; running sums before each token [n + 1, …])."""
        vectors = self.words.vectors(features.forms)
        each = self._each(lambda member: member.tokens(vectors, features))
        bounds, rows, summed = zip(*each, strict=True)
        chances = _mean(bounds)
        return chances[:, 0], chances[:, 1], _beside(rows), _beside(summed)

    def _each(self, read: Callable[[Member], _T]) -> list[_T]:
        """The answers of all members, which read side by side where there are cores for them.

        ONNX Runtime computes outside Python's lock, so threads do; those of another process died with its fork.
        """
        if len(self._members) == 1 or (os.cpu_count() or 1) == 1:
            return [read(member) for member in self._members]
        if self._pool is None or self._process != os.getpid():
            self._pool = ThreadPoolExecutor(len(self._members), "inquit-member")
            self._process = os.getpid()
        return list(self._pool.map(read, self._members))

    def spans(self, rows: Floats, summed: Floats, first: Ints, last: Ints, classes: Ints) -> tuple[Floats, Floats]:
        """(Probabilities [c, 1 + types], vectors [c, …]) of candidates."""
        parts = zip(self._members, self._split(rows), self._split(summed), strict=True)
        probabilities, vectors = zip(*(m.spans(r, s, (first, last, classes)) for m, r, s in parts), strict=True)
        return _mean(probabilities), _beside(vectors)

    def roles(
        self, rows: Floats, quotation: Floats, kind: Ints, window: tuple[Ints, npt.NDArray[np.bool_], Ints]
    ) -> tuple[Floats, Floats, Floats]:
        """(Logits [q, w, outputs], logits of no speaker [q, 2], label logits [q, labels])."""
        asked = dict(zip(("kind", "index", "mask", "position"), (kind, *window), strict=True))
        parts = zip(self._members, self._split(rows), self._split(quotation), strict=True)
        logits, nobody, labels = zip(*(m.roles(r, q, asked) for m, r, q in parts), strict=True)
        return _mean(logits), _mean(nobody), _mean(labels)

    def _split(self, table: Floats) -> list[Floats]:
        return [np.ascontiguousarray(part) for part in np.split(table, len(self._members), 1)]


def _mean(answers: Sequence[Floats]) -> Floats:
    """The mean of what the members say."""
    return answers[0] if len(answers) == 1 else np.asarray(np.mean(answers, 0), np.float32)


def _beside(tables: Sequence[Floats]) -> Floats:
    """What the members make for themselves, in one table."""
    return tables[0] if len(tables) == 1 else np.concatenate(tables, 1)


def _parts(n: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Ranges of `n` tokens that are read at once, each with the part of it that is kept."""
    if n <= REACH + CONTEXT:
        return [((0, n), (0, n))]
    cuts = [*range(0, n, REACH), n]
    return [((max(0, b - CONTEXT), min(n, e + CONTEXT)), (b, e)) for b, e in pairwise(cuts)]


def _session(path: str) -> "InferenceSession":
    # Imported here: ONNX Runtime takes longer to import than the rest of Inquit together.
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(path, options, providers=["CPUExecutionProvider"])


@cache
def network(language: Language) -> TrainedNetwork:
    """The network of `language`, loaded on first use and kept."""
    with as_file(language.folder() / "reader") as folder:
        return TrainedNetwork(folder)
