"""The trained reader at run time: word vectors from small tables, and three graphs in ONNX Runtime."""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from inquit.languages import Language
from inquit.quotations.candidates import Floats, Ints
from inquit.quotations.features import Features, subwords

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

THREADS = 2
"""Threads of one reading; more hardly helps a sequence of a few hundred tokens."""

REACH = 640
"""Tokens of an article that are read at once, about three minutes of reading aloud; longer ones in parts."""

CONTEXT = 96
"""Tokens read again before and after each part of a long article."""

REMEMBERED = 60_000
"""Word vectors kept between articles (38 MB)."""


class Words:
    """Vectors of forms from tables of int8 rows: the form's own row, and twice the mean of its subwords' rows."""

    def __init__(self, forms: Sequence[str], tables: dict[str, npt.NDArray[Any]]) -> None:
        self._own = {form: row for row, form in enumerate(forms, 1)}
        self._tables = tables
        self._known: dict[str, Floats] = {}
        self.size = int(tables["words"].shape[1])

    def vectors(self, forms: Sequence[str]) -> Floats:
        """[n, size] vectors of `forms`."""
        new = [form for form in set(forms) if form not in self._known]
        if new:
            if len(self._known) > REMEMBERED:
                self._known.clear()
                new = sorted(set(forms))
            for begin in range(0, len(new), 4096):
                part = new[begin : begin + 4096]
                self._known.update(zip(part, self._made(part), strict=True))
        return np.stack([self._known[form] for form in forms])

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


class TrainedNetwork:
    """The network of one language, as `decode` wants it."""

    def __init__(self, language: Language) -> None:
        with as_file(language.folder() / "reader") as folder:
            names = ("words", "words-scale", "pieces", "pieces-scale")
            tables = {name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in names}
            self.words = Words((folder / "forms.txt").read_text("utf-8").splitlines(), tables)
            self.settings: dict[str, Any] = json.loads((folder / "reader.json").read_text("utf-8"))
            self._tokens, self._spans, self._roles = (
                _session(str(folder / f"{name}.onnx")) for name in ("tokens", "spans", "roles")
            )

    def tokens(self, features: Features) -> tuple[Floats, Floats, Floats, Floats]:
        """(begin [n], end [n]: probabilities; rows [n + 1, …]; running sums before each token [n + 1, …])."""
        n = len(features.forms)
        bounds, rows = zip(*(self._part(features, *part) for part in _parts(n)), strict=True)
        chances = np.concatenate(bounds)
        width = rows[0].shape[1]
        together = np.concatenate([*rows, np.zeros((1, width), np.float32)])
        low, high = self.settings["content"]
        summed = np.zeros((n + 1, high - low), np.float32)
        np.cumsum(together[:-1, low:high], axis=0, out=summed[1:], dtype=np.float32)
        return chances[:, 0], chances[:, 1], together, summed

    def _part(self, features: Features, low: int, begin: int, end: int, high: int) -> tuple[Floats, Floats]:
        """Bounds and rows of the tokens `[begin, end)`, read within `[low, high)`."""
        given = {
            "vectors": self.words.vectors(features.forms[low:high])[None],
            "casing": features.casing[None, low:high].astype(np.int64),
            "inside": features.inside[None, low:high].astype(np.int64),
            "place": features.place[None, low:high].astype(np.int64),
        }
        bounds, rows = self._tokens.run(None, given)
        return bounds[0, begin - low : end - low], rows[0, begin - low : end - low]

    def spans(self, rows: Floats, summed: Floats, first: Ints, last: Ints, classes: Ints) -> tuple[Floats, Floats]:
        """(Probabilities [c, 1 + types], vectors [c, …]) of candidates."""
        given = {"rows": rows, "summed": summed, "first": first, "last": last, "classes": classes}
        probabilities, vectors = self._spans.run(None, given)
        return probabilities, vectors

    def roles(
        self, rows: Floats, quotation: Floats, kind: Ints, window: tuple[Ints, npt.NDArray[np.bool_], Ints]
    ) -> tuple[Floats, Floats, Floats]:
        """(Logits [q, w, outputs], logits of no speaker [q, 2], label logits [q, labels])."""
        index, mask, position = window
        given = {
            "rows": rows, "quotation": quotation, "kind": kind, "index": index, "mask": mask, "position": position
        }  # fmt: skip
        logits, nobody, labels = self._roles.run(None, given)
        return logits, nobody, labels


def _parts(n: int) -> list[tuple[int, int, int, int]]:
    """(Context begins, part begins, part ends, context ends) over `n` tokens."""
    if n <= REACH + CONTEXT:
        return [(0, 0, n, n)]
    cuts = [*range(0, n, REACH), n]
    return [(max(0, b - CONTEXT), b, e, min(n, e + CONTEXT)) for b, e in pairwise(cuts)]


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
    return TrainedNetwork(language)
