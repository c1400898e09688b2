"""The shipped graph of tokens says what the trained network says, and of every text the same beside others."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
sys.path.append(str(Path(__file__).parents[2]))

import torch
from onnxruntime import InferenceSession

# By name, because the types of what needs torch are not checked.
export, model, vectors = (import_module(f"training.{name}") for name in ("export", "model", "vectors"))

# What the exporter says of itself, and of lengths and sizes that are free or fixed on purpose.
pytestmark = [
    pytest.mark.filterwarnings(f"ignore::{kind}")
    for kind in ("DeprecationWarning", "UserWarning", "torch.jit.TracerWarning")
]

BOUND = 3.0
LENGTHS = (9, 30, 1, 30)
Given = dict[str, Any]


@pytest.fixture(scope="module")
def reader() -> Any:
    """A small network whose weights mean nothing, as large as those of a trained one."""
    with pytest.MonkeyPatch.context() as small:
        small.setattr(model, "LOWER", 12)
        small.setattr(model, "UPPER", 8)
        torch.manual_seed(1)
        made = model.Reader().eval()
    for name, weights in made.named_parameters():
        if "encoder" in name or "project" in name or "bounds" in name:
            torch.nn.init.normal_(weights, std=0.3)
    return made


@pytest.fixture(scope="module")
def graph(reader: Any, tmp_path_factory: pytest.TempPathFactory) -> InferenceSession:
    path = tmp_path_factory.mktemp("graph") / "tokens.onnx"
    export.token_graph(reader, path, BOUND)
    return InferenceSession(path, providers=["CPUExecutionProvider"])


def texts() -> list[Given]:
    """Random texts of `LENGTHS`, as the graph wants each alone."""
    random = np.random.default_rng(5)
    made = []
    for length in LENGTHS:
        numbers = np.clip(random.normal(0, 0.5, (length, 1, vectors.DIMENSIONS)), -BOUND, BOUND).astype(np.float32)
        classes = {name: random.integers(0, 5, (length, 1)) for name in ("casing", "inside", "place")}
        made.append({"vectors": numbers, **classes, "lengths": np.array([length], np.int32)})
    return made


def together(given: list[Given]) -> Given:
    """The texts side by side; behind the end of shorter ones stands what must not matter."""
    longest = max(int(one["lengths"][0]) for one in given)
    lengths = np.array([one["lengths"][0] for one in given], np.int32)
    batch: Given = {"lengths": lengths}
    for name in ("vectors", "casing", "inside", "place"):
        shape = (longest, len(given), *given[0][name].shape[2:])
        batch[name] = np.full(shape, 3, given[0][name].dtype)
        for column, one in enumerate(given):
            batch[name][: len(one[name]), column] = one[name][:, 0]
    return batch


def test_the_graph_says_what_the_network_says(reader: Any, graph: InferenceSession) -> None:
    for one in texts():
        bounds, rows = graph.run(None, one)
        names = ("vectors", "casing", "inside", "place")
        with torch.no_grad():
            scores, _, expected = reader.tokens(*(torch.from_numpy(one[name]).transpose(0, 1) for name in names))
        assert np.abs(bounds[:, 0] - torch.sigmoid(scores)[0].numpy()).max() < 0.03
        wanted = expected[0].numpy()
        assert np.abs(rows[:, 0] - wanted).max() < 0.05 * np.abs(wanted).max()


def test_texts_of_a_batch_do_not_see_each_other(graph: InferenceSession) -> None:
    given = texts()
    alone = [graph.run(None, one) for one in given]
    for order in ([0, 1, 2, 3], [3, 0], [2, 2, 2, 2, 1]):
        answers = graph.run(None, together([given[n] for n in order]))
        for column, n in enumerate(order):
            for answer, expected in zip(answers, alone[n], strict=True):
                assert (answer[: LENGTHS[n], column] == expected[:, 0]).all()


def test_numbers_beyond_the_bound_are_cut_off(graph: InferenceSession) -> None:
    # The greatest number of the class tables, which were drawn at random, lies below the bound.
    one = texts()[0]
    far, near = dict(one), dict(one)
    far["vectors"], near["vectors"] = one["vectors"].copy(), one["vectors"].copy()
    far["vectors"][4, 0, 7], near["vectors"][4, 0, 7] = 99, BOUND
    assert all((a == b).all() for a, b in zip(graph.run(None, far), graph.run(None, near), strict=True))
    assert any((a != b).any() for a, b in zip(graph.run(None, one), graph.run(None, near), strict=True))
