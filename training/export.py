"""Trained weights to the files that are shipped: three ONNX graphs, two tables of small integers, a list of forms."""

import json
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from inquit.quotations.network import load_words
from training import tokengraph
from training.model import ROLE, SPAN, Reader
from training.vectors import DIMENSIONS

OPSET = 17


class TokenGraph(nn.Module):
    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, vectors, casing, inside, place):
        states = self.reader.encoder(vectors, casing, inside, place)
        return torch.sigmoid(self.reader.bounds(states)), self.reader.project(states)


class SpanGraph(nn.Module):
    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.spans = reader.spans

    def forward(self, rows, summed, first, last, classes):
        scores, vectors = self.spans(rows, summed, first, last, classes)
        return torch.softmax(scores, -1), vectors


def export(readers: list[Reader], forms: list[str], folder: Path) -> None:
    """Writes the files of readers that share their words; `forms` are those with a row of their own, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    words = readers[0].words
    for name, table in (("words", words.word), ("pieces", words.piece)):
        small, scale = eight_bits(table.detach().numpy())
        np.save(folder / f"{name}.npy", small)
        np.save(folder / f"{name}-scale.npy", scale)
    (folder / "forms.txt").write_text("\n".join(forms) + "\n", "utf-8")
    members = [f"member-{number}" for number in range(1, len(readers) + 1)]
    bound = greatest(folder)
    for name, reader in zip(members, readers, strict=True):
        _graphs(reader.eval(), folder / name, bound)
    write_settings(folder, {"members": members, "content": [4 * SPAN, 5 * SPAN], "confidence": NEUTRAL})


def write_settings(folder: Path, settings: dict[str, object]) -> None:
    (folder / "reader.json").write_text(json.dumps(settings, indent=1, ensure_ascii=False) + "\n", "utf-8")


NEUTRAL = [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]
"""Scale of confidence before it is fitted."""


def greatest(folder: Path) -> float:
    """The greatest number in the vectors of the known forms, beyond which those of other forms are cut off."""
    words = load_words(folder)
    return float(np.abs(words.vectors((folder / "forms.txt").read_text("utf-8").splitlines())).max())


def token_graph(reader: Reader, path: Path, bound: float) -> None:
    """Writes the graph of tokens of a reader; inputs beyond `bound` are cut off."""
    numbers = [torch.zeros(1, 7, dtype=torch.long)] * 3
    with tempfile.TemporaryDirectory() as scratch:
        whole, quantised = Path(scratch) / "whole.onnx", Path(scratch) / "quantised.onnx"
        names = ["vectors", "casing", "inside", "place"]
        axes = {n: {1: "tokens"} for n in [*names, "bounds", "rows"]}
        _graph(TokenGraph(reader), (torch.zeros(1, 7, DIMENSIONS), *numbers), whole, names, ["bounds", "rows"], axes)
        quantize_dynamic(whole, quantised, weight_type=QuantType.QInt8, per_channel=True)
        tokengraph.write(tokengraph.parts(quantised), bound, path)


def _graphs(reader: Reader, folder: Path, bound: float) -> None:
    folder.mkdir(exist_ok=True)
    token_graph(reader, folder / "tokens.onnx", bound)
    rows = torch.zeros(8, 5 * SPAN + 3 * ROLE)
    ids = torch.zeros(3, dtype=torch.long)
    names = ["rows", "summed", "first", "last", "classes"]
    axes = {"rows": {0: "n"}, "summed": {0: "n"}}
    axes |= {n: {0: "c"} for n in ("first", "last", "classes", "types", "vectors")}
    given = (rows, torch.zeros(8, SPAN), ids, ids, torch.zeros(3, 4, dtype=torch.long))
    _graph(SpanGraph(reader), given, folder / "spans.onnx", names, ["types", "vectors"], axes)
    names = ["rows", "quotation", "kind", "index", "mask", "position"]
    outputs = ["roles", "nobody", "labels"]
    window = torch.zeros(3, 5, dtype=torch.long)
    given = (rows, torch.zeros(3, SPAN), ids, window, window.bool(), window)
    axes = {"rows": {0: "n"}, **{n: {0: "q"} for n in ("quotation", "kind", "nobody", "labels")}}
    axes |= {n: {0: "q", 1: "w"} for n in ("index", "mask", "position", "roles")}
    _graph(reader.roles, given, folder / "roles.onnx", names, outputs, axes)


def eight_bits(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows as int8 and the float16 factor of each row."""
    scale = np.maximum(np.abs(table).max(1), 1e-6) / 127
    scale = scale.astype(np.float16)
    return np.clip(np.rint(table / scale[:, None].astype(np.float32)), -127, 127).astype(np.int8), scale


def _graph(module: nn.Module, given: tuple, path: Path, names: list[str], outputs: list[str], axes: dict) -> None:
    torch.onnx.export(
        module.eval(), given, str(path), input_names=names, output_names=outputs, dynamic_axes=axes,
        opset_version=OPSET, dynamo=False,
    )  # fmt: skip
