"""The graph of tokens as it is shipped: several texts at once, none of which changes how another is read.

ONNX Runtime rounds the inputs of a quantised layer to 8 bits by the least and the greatest number among them, those of
all texts of a batch and of all steps together. So every rounded matrix has columns that always hold the bounds of one
fixed range: the class tables hold those of the inputs, and each LSTM layer gets two units more whose states are always
1 and -1: their input gates are shut, their other gates open, and nobody reads them. Steps come before texts, as the
LSTM wants them, and `lengths` ends each text where it ends.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

SHUT, OPEN = -30.0, 30.0
"""Biases of gates that are all but 0 and all but 1, and the cells of the added units."""

ADDED = 2
"""Columns and units added: one for each bound of a range."""

GATES = (SHUT, OPEN, OPEN, 0.0)
"""Biases of the added units in the gates input, output, forget and cell, which is their order in ONNX."""

NOTHING = (0.0, 0.0, 0.0, 0.0)
CLASSES = ("casing", "inside", "place")
HEADS = ("bounds", "project")
DOMAIN = "com.microsoft"


@dataclass(frozen=True)
class Lstm:
    """One quantised layer of two directions: `inputs` [2, i, 4h], `states` [2, h, 4h], `biases` [2, 8h].

    Scales and zero points are those of the columns of `inputs` and of `states`.
    """

    inputs: np.ndarray
    states: np.ndarray
    biases: np.ndarray
    scales: tuple[np.ndarray, ...]

    @property
    def units(self) -> int:
        return int(self.states.shape[1])


@dataclass(frozen=True)
class Head:
    """One quantised linear layer: `weights` [h, n] with the scales and zero points of its columns, `biases` [n]."""

    weights: np.ndarray
    scales: np.ndarray
    zeros: np.ndarray
    biases: np.ndarray


@dataclass(frozen=True)
class Parts:
    """What the graph of tokens is made of."""

    tables: list[np.ndarray]
    layers: list[Lstm]
    heads: list[Head]


def parts(quantised: Path) -> Parts:
    """The weights in a graph that was exported from `model.Reader` and quantised, which is read one text at a time."""
    graph = onnx.load(quantised).graph
    arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    tables = []
    for name in CLASSES:
        rows, zero, scale = (
            arrays[f"reader.encoder.{name}.weight_{end}"] for end in ("quantized", "zero_point", "scale")
        )
        tables.append((rows.astype(np.float32) - zero) * scale)
    layers = [
        Lstm(
            inputs=arrays[node.input[1]],
            states=arrays[node.input[2]],
            biases=arrays[node.input[3]],
            scales=tuple(arrays[name] for name in node.input[8:12]),
        )
        for node in graph.node
        if node.op_type == "DynamicQuantizeLSTM"
    ]
    heads = []
    for name, node in zip(HEADS, (n for n in graph.node if n.op_type == "MatMulInteger"), strict=True):
        scales = arrays[node.input[1].removesuffix("_quantized") + "_scale"]
        heads.append(Head(arrays[node.input[1]], scales, arrays[node.input[3]], arrays[f"reader.{name}.bias"]))
    return Parts(tables, layers, heads)


def write(made_of: Parts, bound: float, path: Path) -> None:
    """The graph of `made_of`; inputs beyond `bound` or that of the class tables, whichever is greater, are cut off.

    Inputs: `vectors` [tokens, texts, size], class numbers [tokens, texts] and `lengths` [texts] of the texts.
    Outputs: `bounds` [tokens, texts, 2], `rows` [tokens, texts, …]; those behind the end of a text mean nothing.
    """
    bound = max(bound, *(float(np.abs(table).max()) for table in made_of.tables))
    graph = _Graph()
    size = made_of.layers[0].inputs.shape[1] - sum(table.shape[1] for table in made_of.tables)
    graph.add("Clip", ["vectors", graph.array(np.float32(-bound)), graph.array(np.float32(bound))], "cut")
    columns = ["cut"]
    for name, table in zip(CLASSES, made_of.tables, strict=True):
        rows = graph.array(_with_bounds(table, bound) if name == CLASSES[-1] else table)
        columns.append(graph.add("Gather", [rows, name], f"{name} columns"))
    inputs = graph.add("Concat", columns, "inputs", axis=-1)
    states, here = "", inputs
    below: tuple[int, ...] = ()
    for number, layer in enumerate(made_of.layers):
        if states:
            here = graph.add("Concat", [states, inputs], f"inputs {number}", axis=-1)
        states = _layer(graph, layer, here, below, number)
        below = (layer.units, 2 * layer.units)
    _heads(graph, made_of.heads, states, below)
    _save(graph, size, made_of.heads[1].weights.shape[1], path)


class _Graph:
    """Nodes and constants of a graph that is being made."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def array(self, array: np.ndarray | np.generic) -> str:
        name = f"constant {len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array).reshape(np.shape(array)), name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output


def _with_bounds(table: np.ndarray, bound: float) -> np.ndarray:
    """The table with two columns more, in which every class has the bounds of all inputs."""
    return np.concatenate([table, np.tile(np.array([bound, -bound], np.float32), (len(table), 1))], 1)


def _layer(graph: _Graph, layer: Lstm, inputs: str, below: tuple[int, ...], number: int) -> str:
    """A layer with its added units; `below` are the places of the added units among its inputs. [tokens, texts, 2h]."""
    units = layer.units + ADDED
    # The bounds of all inputs are the last two columns, behind those of the layer below.
    weights = _inserted(layer.inputs, (*below, layer.inputs.shape[1]), axis=1)
    biases = np.split(layer.biases, 2, 1)
    given = [inputs, graph.array(_gates(weights)), graph.array(_gates(_inserted(layer.states, (layer.units,), axis=1)))]
    given.append(graph.array(np.concatenate([_gates(biases[0], GATES), _gates(biases[1])], 1)))
    texts = graph.add("Shape", ["lengths"], f"texts {number}")
    sizes = [graph.array(np.array([size], np.int64)) for size in (2, units)]
    repeats = graph.add("Concat", [sizes[0], texts, sizes[1]], f"sizes {number}", axis=0)
    first = []
    for name, bound in (("states", 1.0), ("cells", OPEN)):
        start = np.zeros((2, 1, units), np.float32)
        start[..., layer.units :] = bound, -bound
        first.append(graph.add("Expand", [graph.array(start), repeats], f"first {name} {number}"))
    scales = [graph.array(_gates(one, (float(one.dtype == np.float32),) * len(GATES))) for one in layer.scales]
    output = f"directions {number}"
    graph.add(
        "DynamicQuantizeLSTM", [*given, "lengths", *first, "", *scales], output,
        domain=DOMAIN, direction="bidirectional", hidden_size=units,
    )  # fmt: skip
    beside = graph.add("Transpose", [output], f"beside {number}", perm=[0, 2, 1, 3])
    return graph.add("Reshape", [beside, graph.array(np.array([0, 0, -1], np.int64))], f"states {number}")


def _heads(graph: _Graph, heads: list[Head], states: str, places: tuple[int, ...]) -> None:
    """Bounds as probabilities, and rows."""
    rounded = ["rounded", "states scale", "states zero"]
    graph.nodes.append(helper.make_node("DynamicQuantizeLinear", [states], rounded))
    for name, head in zip(("scores", "rows"), heads, strict=True):
        weights = graph.array(_inserted(head.weights, places, axis=0))
        given = [rounded[0], weights, rounded[1], graph.array(head.scales), rounded[2], graph.array(head.zeros)]
        graph.add("MatMulIntegerToFloat", [*given, graph.array(head.biases)], name, domain=DOMAIN)
    graph.add("Sigmoid", ["scores"], "bounds")


def _inserted(array: np.ndarray, places: tuple[int, ...], axis: int) -> np.ndarray:
    """`array` with `ADDED` zeros before each of `places` along `axis`."""
    return np.insert(array, np.repeat(places, ADDED), 0, axis)


def _gates(array: np.ndarray, added: tuple[float, ...] = NOTHING) -> np.ndarray:
    """`array` [..., gates * units] with the added units in each gate."""
    pieces = []
    for value, gate in zip(added, np.split(array, len(GATES), -1), strict=True):
        pieces += [gate, np.full((*gate.shape[:-1], ADDED), value, array.dtype)]
    return np.concatenate(pieces, -1)


def _save(graph: _Graph, size: int, width: int, path: Path) -> None:
    shapes: dict[str, list[str | int | None]] = {
        "vectors": ["tokens", "texts", size],
        **{name: ["tokens", "texts"] for name in CLASSES},
        "lengths": ["texts"],
    }
    kinds = {"vectors": TensorProto.FLOAT, "lengths": TensorProto.INT32}
    given = [helper.make_tensor_value_info(n, kinds.get(n, TensorProto.INT64), s) for n, s in shapes.items()]
    answers = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["tokens", "texts", n])
        for name, n in (("bounds", 2), ("rows", width))
    ]
    made = helper.make_graph(graph.nodes, "tokens", given, answers, graph.constants)
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(DOMAIN, 1)]
    model = helper.make_model(made, opset_imports=versions, ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, path)
