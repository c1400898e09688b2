"""The trained reader at run time: word vectors from small tables, and three graphs in ONNX Runtime."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import as_file
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from inquit.languages import Language
from inquit.quotations.candidates import Floats, Ints
from inquit.quotations.features import Features, subwords_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_T = TypeVar("_T")

THREADS = 1
"""Threads of one reading: two gain little on one article and lose much where several processes share the cores."""

REACH = 640
"""Tokens of an article that are read at once, about three minutes of reading aloud; longer ones in parts."""

CONTEXT = 96
"""Tokens read again before and after each part of a long article."""

TOGETHER = 4
"""Texts, or parts of long ones, that are read step by step together: the weights of a step are fetched once for all of
them. Four take two thirds of the time of one by one; more gain nothing where a core's cache holds a megabyte."""

TOKENS_TOGETHER = 2_400
"""Tokens that are read step by step together, those filled up counted: some 100 MB while they are read."""

SHORTEST = 0.7
"""Length of the shortest of them to the longest: below, filling up costs more than reading together saves."""

REMEMBERED = 60_000
"""Word vectors kept between articles (38 MB)."""


FORMS = 128
"""Forms whose vectors are made together: few enough that the rows of their subwords stay in the processor's cache."""


class Words:
    """Vectors of forms from tables of int8 rows: the form's own row, and twice the mean of its subwords' rows."""

    def __init__(self, forms: Sequence[str], tables: dict[str, npt.NDArray[Any]]) -> None:
        self._own = {form: row for row, form in enumerate(forms, 1)}
        # As plain arrays, which are quicker to pick rows from than the same arrays as files in memory.
        self._tables = {name: np.asarray(table) for name, table in tables.items()}
        self._scales = {name: self._tables[f"{name}-scale"].astype(np.float32) for name in ("words", "pieces")}
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
            for begin in range(0, len(new), FORMS):
                part = new[begin : begin + FORMS]
                first = len(self._place)
                self._known[first : first + len(part)] = self._made(part)
                self._place.update(zip(part, range(first, first + len(part)), strict=True))
            return self._known[np.fromiter(map(self._place.__getitem__, forms), np.intp, len(forms))]

    def _made(self, forms: list[str]) -> Floats:
        flat, lengths = subwords_of(forms)
        summed = np.add.reduceat(self._rows("pieces", flat), np.cumsum(lengths) - lengths, axis=0)
        made = summed * (2.0 / lengths[:, None]).astype(np.float32)
        own = np.array([self._own.get(form, 0) for form in forms])
        known = np.flatnonzero(own)
        made[known] += self._rows("words", own[known])
        return made

    def _rows(self, table: str, index: Ints) -> Floats:
        rows, scales = self._tables[table][index], self._scales[table][index, None]
        return np.asarray(np.multiply(rows, scales, dtype=np.float32), np.float32)


def load_words(folder: Path) -> Words:
    """The word vectors in a folder of the reader."""
    names = ("words", "words-scale", "pieces", "pieces-scale")
    tables = {name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in names}
    return Words((folder / "forms.txt").read_text("utf-8").splitlines(), tables)


class Member:
    """One trained network of the group: its three graphs."""

    def __init__(self, folder: Path, content: tuple[int, int]) -> None:
        self._tokens, self._spans, self._roles = (
            _session(str(folder / f"{name}.onnx")) for name in ("tokens", "spans", "roles")
        )
        self._content = slice(*content)
        self._width = int(self._tokens.get_outputs()[1].shape[-1])

    def tokens(self, texts: Sequence[Features], vectors: Sequence[Floats]) -> list[tuple[Floats, Floats, Floats]]:
        """(Probabilities to begin and end [n, 2], rows [n + 1, …], running sums before each token [n + 1, …])."""
        bounds = [np.empty((len(one), 2), np.float32) for one in vectors]
        rows = [np.empty((len(one) + 1, self._width), np.float32) for one in vectors]
        for batch in _batches([part for number, one in enumerate(vectors) for part in _parts(len(one), number)]):
            answers = self._tokens.run(None, _asked(batch, texts, vectors))
            for column, (text, (low, _), (begin, end)) in enumerate(batch):
                bounds[text][begin:end] = answers[0][begin - low : end - low, column]
                rows[text][begin:end] = answers[1][begin - low : end - low, column]
        return [(one, table, self._summed(table)) for one, table in zip(bounds, rows, strict=True)]

    def _summed(self, rows: Floats) -> Floats:
        """Sums of the content of the rows before each one; the last row becomes that of no token."""
        rows[-1] = 0
        summed = np.zeros((len(rows), self._content.stop - self._content.start), np.float32)
        # Sums along rows of memory take a tenth of the time of sums across them, and add in the same order.
        summed[1:] = np.cumsum(np.ascontiguousarray(rows[:-1, self._content].T), axis=1).T
        return summed

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

Encoded = tuple[Floats, Floats, Floats, Floats]
"""(begin [n], end [n]: probabilities; rows [n + 1, …]; running sums before each token [n + 1, …])."""


class TrainedNetwork:
    """The network of one language, as `decode` wants it: the mean of its members, which share the word vectors.

    What each member makes of a text for itself (rows, sums, vectors of quotations) stands side by side.
    """

    def __init__(self, folder: Path) -> None:
        self.words = load_words(folder)
        self.settings: dict[str, Any] = json.loads((folder / "reader.json").read_text("utf-8"))
        first, last = self.settings["content"]
        self._members = [Member(folder / name, (first, last)) for name in self.settings["members"]]
        self._pool: ThreadPoolExecutor | None = None
        self._process = 0

    def tokens(self, features: Features) -> Encoded:
        """What is said of the tokens of one text."""
        return self.together([features])[0]

    def together(self, texts: Sequence[Features]) -> list[Encoded]:
        """What is said of the tokens of several texts, of each the same as if it were read alone."""
        vectors = [self.words.vectors(one.forms) for one in texts]
        each = self._each(lambda member: member.tokens(texts, vectors))
        return [_encoded(answers) for answers in zip(*each, strict=True)]

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


class Foreseen:
    """A network that has read the tokens of some texts already; what it said of each is handed over once."""

    def __init__(self, network: TrainedNetwork, texts: Sequence[Features]) -> None:
        self._network = network
        self._texts = {id(one): (one, said) for one, said in zip(texts, network.together(texts), strict=True)}
        self.spans = network.spans
        self.roles = network.roles

    def tokens(self, features: Features) -> Encoded:
        """What is said of the tokens of a text."""
        known = self._texts.pop(id(features), None)
        return known[1] if known else self._network.tokens(features)


def _mean(answers: Sequence[Floats]) -> Floats:
    """The mean of what the members say."""
    return answers[0] if len(answers) == 1 else np.asarray(np.mean(answers, 0), np.float32)


def _beside(tables: Sequence[Floats]) -> Floats:
    """What the members make for themselves, in one table."""
    return tables[0] if len(tables) == 1 else np.concatenate(tables, 1)


def _encoded(answers: Sequence[tuple[Floats, Floats, Floats]]) -> Encoded:
    """The answers of all members to one text as one."""
    bounds, rows, summed = zip(*answers, strict=True)
    chances = _mean(bounds)
    return chances[:, 0], chances[:, 1], _beside(rows), _beside(summed)


class Part(NamedTuple):
    """Tokens `around` of a text by its number, which are read at once, and those of them that are `kept`."""

    text: int
    around: tuple[int, int]
    kept: tuple[int, int]

    @property
    def length(self) -> int:
        """How many tokens are read."""
        return self.around[1] - self.around[0]


def _parts(n: int, text: int) -> list[Part]:
    """The parts of a text of `n` tokens."""
    if n <= REACH + CONTEXT:
        return [Part(text, (0, n), (0, n))] if n else []
    cuts = [*range(0, n, REACH), n]
    return [Part(text, (max(0, b - CONTEXT), min(n, e + CONTEXT)), (b, e)) for b, e in pairwise(cuts)]


def _batches(parts: list[Part]) -> Iterator[list[Part]]:
    """Parts of about one length together, the longest first."""
    batch: list[Part] = []
    for part in sorted(parts, key=lambda one: -one.length):
        if batch:
            longest = batch[0].length
            full = len(batch) == TOGETHER or (len(batch) + 1) * longest > TOKENS_TOGETHER
            if full or part.length < SHORTEST * longest:
                yield batch
                batch = []
        batch.append(part)
    if batch:
        yield batch


def _asked(batch: Sequence[Part], texts: Sequence[Features], vectors: Sequence[Floats]) -> dict[str, npt.NDArray[Any]]:
    """Parts as the graph of tokens wants them: tokens before texts, shorter ones filled up behind their end."""
    shape = batch[0].length, len(batch)
    given: dict[str, npt.NDArray[Any]] = {name: np.zeros(shape, np.int64) for name in CLASSES}
    given["vectors"] = np.zeros((*shape, vectors[0].shape[1]), np.float32)
    given["lengths"] = np.array([part.length for part in batch], np.int32)
    for column, part in enumerate(batch):
        here = slice(*part.around)
        given["vectors"][: part.length, column] = vectors[part.text][here]
        for name in CLASSES:
            given[name][: part.length, column] = getattr(texts[part.text], name)[here]
    return given


def _session(path: str) -> "InferenceSession":
    # Imported here: ONNX Runtime takes longer to import than the rest of Inquit together.
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # No two batches have one shape, so that plans of memory are only more memory.
    options.enable_mem_pattern = False
    return InferenceSession(path, options, providers=["CPUExecutionProvider"])


@cache
def network(language: Language) -> TrainedNetwork:
    """The network of `language`, loaded on first use and kept."""
    with as_file(language.folder() / "reader") as folder:
        return TrainedNetwork(folder)
