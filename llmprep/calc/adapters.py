"""What parameter-efficient fine-tuning trains."""

from __future__ import annotations

from collections.abc import Iterable

from llmprep.content.items import ModelCard

TARGETS = ("q", "k", "v", "o", "gate", "up", "down")


def lora_parameters(d_out: float, d_in: float, rank: float) -> float:
    """Trainable parameters of LoRA on one d_out × d_in matrix: B (d_out × r) and A (r × d_in).

    Source: lora §4.1.
    """
    return rank * (d_out + d_in)


def lora_model_parameters(model: ModelCard, rank: float, targets: Iterable[str]) -> float:
    """Trainable parameters of LoRA on the named matrices of every block.

    Args:
        targets: of `TARGETS`; a feed-forward layer with two matrices has `up` and `down`.

    Raises:
        ValueError: a target that the model does not have.

    Source: lora §4.2.
    """
    return model.layers * sum(lora_parameters(*matrix(model, target), rank) for target in targets)


def matrix(model: ModelCard, target: str) -> tuple[int, int]:
    """Rows and columns of a matrix of one block.

    Raises:
        ValueError: the model has no such matrix.
    """
    if model.latent is not None or model.experts is not None:
        raise ValueError(f"{model.name} has latent attention or experts, for which there is no one matrix")
    query_width, kv_width = model.heads * model.head_width, model.kv_heads * model.head_width
    shapes = {
        "q": (query_width, model.width),
        "k": (kv_width, model.width),
        "v": (kv_width, model.width),
        "o": (model.width, query_width),
        "up": (model.ffn_width, model.width),
        "down": (model.width, model.ffn_width),
    }
    if model.ffn_matrices == 3:
        shapes["gate"] = (model.ffn_width, model.width)
    if target not in shapes:
        raise ValueError(f"{model.name} has no matrix '{target}'; it has {', '.join(shapes)}")
    return shapes[target]
