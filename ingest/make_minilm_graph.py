"""Write ``minilm.onnx``: the graph of all-MiniLM-L6-v2 without its weights.

Run ``python -m moodreel.ingest.make_minilm_graph`` after a change here (needs the package
``onnx``, extra ``dev``). Weights are references into the published ``model.safetensors``; the
file is handed to onnxruntime as it is, and what has to be transposed is folded at load.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper, save

from .minilm import DIMENSION, GRAPH_FILE, MINILM, TENSORS

LAYERS = 6
HEADS = 12
EPSILON = 1e-12
OPSET = 17
CONTRIB = "com.microsoft"


def safetensors_layout(weights: Path) -> dict[str, tuple[list[int], int, int]]:
    """Shape, offset in the file and length in bytes of every tensor."""
    with weights.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(size))
    header.pop("__metadata__", None)
    layout = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        layout[name] = (entry["shape"], 8 + size + start, end - start)
    return layout


def external(name: str, layout: dict[str, tuple[list[int], int, int]]) -> TensorProto:
    """A float tensor whose data stay in the weights file."""
    shape, offset, length = layout[name]
    tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", Path(TENSORS).name), ("offset", offset), ("length", length)):
        tensor.external_data.add(key=key, value=str(value))
    return tensor


def node(kind: str, inputs: Iterable[str], output: str, **attributes: Any) -> NodeProto:
    """One node with one output, in the contrib domain where its kind lives there."""
    domain = CONTRIB if kind in {"Attention", "SkipLayerNormalization", "BiasGelu"} else ""
    return helper.make_node(kind, list(inputs), [output], output, domain=domain, **attributes)


def embeddings() -> list[NodeProto]:
    """Word, position and segment embeddings of ``ids``, normalised, into ``hidden0``."""
    part = "embeddings."
    return [
        node("Gather", [part + "word_embeddings.weight", "ids"], "words"),
        node("Shape", ["ids"], "length", start=1, end=2),
        node("Slice", [part + "position_embeddings.weight", "zero", "length"], "places"),
        node("Slice", [part + "token_type_embeddings.weight", "zero", "one"], "segment"),
        node("Add", ["places", "segment"], "context"),
        node("Add", ["words", "context"], "embedded"),
        node(
            "LayerNormalization",
            ["embedded", part + "LayerNorm.weight", part + "LayerNorm.bias"],
            "hidden0",
            epsilon=EPSILON,
        ),
    ]


def linear(prefix: str, source: str, target: str) -> list[NodeProto]:
    """``target`` is ``source`` times the transposed weight; the bias is added later."""
    return [
        node("Transpose", [prefix + ".weight"], prefix + ".t", perm=[1, 0]),
        node("MatMul", [source, prefix + ".t"], target),
    ]


def add_and_normalise(prefix: str, sources: tuple[str, str], target: str) -> NodeProto:
    """Residual, bias of the dense part before it, and layer normalisation."""
    norm = prefix + ".LayerNorm."
    inputs = [*sources, norm + "weight", norm + "bias", prefix + ".dense.bias"]
    return node("SkipLayerNormalization", inputs, target, epsilon=EPSILON)


def layer(number: int) -> list[NodeProto]:
    """One transformer block from ``hidden<number>`` to the next."""
    part, source = f"encoder.layer.{number}.", f"hidden{number}"
    own = part + "attention.self."
    attention, attended, inner = part + "context", part + "attended", part + "inner"
    heads = [own + kind for kind in ("query", "key", "value")]
    return [
        node("Concat", [head + ".weight" for head in heads], own + "w", axis=0),
        node("Transpose", [own + "w"], own + "wt", perm=[1, 0]),
        node("Concat", [head + ".bias" for head in heads], own + "b", axis=0),
        node("Attention", [source, own + "wt", own + "b", "mask"], attention, num_heads=HEADS),
        *linear(part + "attention.output.dense", attention, attention + ".out"),
        add_and_normalise(part + "attention.output", (attention + ".out", source), attended),
        *linear(part + "intermediate.dense", attended, inner),
        node("BiasGelu", [inner, part + "intermediate.dense.bias"], inner + ".gelu"),
        *linear(part + "output.dense", inner + ".gelu", inner + ".out"),
        add_and_normalise(part + "output", (inner + ".out", attended), f"hidden{number + 1}"),
    ]


def pooling() -> list[NodeProto]:
    """The mean of the last hidden states over the tokens that are not padding."""
    return [
        node("Cast", ["mask"], "mask_float", to=TensorProto.FLOAT),
        node("Unsqueeze", ["mask_float", "one"], "row"),
        node("MatMul", ["row", f"hidden{LAYERS}"], "sums"),
        node("ReduceSum", ["row", "last"], "counts", keepdims=1),
        node("Div", ["sums", "counts"], "means"),
        node("Squeeze", ["means", "one"], "pooled"),
    ]


def graph(weights: Path) -> ModelProto:
    """The whole model: ``ids`` and ``mask`` (int32, batch x length) to ``pooled`` (float)."""
    nodes = [*embeddings(), *(n for i in range(LAYERS) for n in layer(i)), *pooling()]
    layout = safetensors_layout(weights)
    used = sorted({name for n in nodes for name in n.input} & set(layout))
    numbers = {"zero": [0], "one": [1], "last": [2]}
    constants = [numpy_helper.from_array(np.array(v, np.int64), k) for k, v in numbers.items()]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT32, ["batch", "length"])
        for name in ("ids", "mask")
    ]
    output = helper.make_tensor_value_info("pooled", TensorProto.FLOAT, ["batch", DIMENSION])
    body = helper.make_graph(
        nodes, "minilm", inputs, [output], [*constants, *(external(n, layout) for n in used)]
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=9, producer_name="moodreel")


def main() -> int:
    """Write the graph beside this file."""
    problem = MINILM.problem()
    if problem is not None:
        sys.stderr.write(problem + "\n")
        return 1
    save(graph(MINILM.path(TENSORS)), GRAPH_FILE)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
