"""What training keeps in the memory of one GPU, in bytes."""

from __future__ import annotations

from typing import Literal

from llmprep.content.items import ModelCard

Recompute = Literal["none", "selective", "full"]

WEIGHT_BYTES, GRADIENT_BYTES = 2, 2
OPTIMIZER_BYTES = 12
"""Adam in mixed precision: fp32 master weight, first and second moment. Source: zero §3.1."""


def weight_bytes(parameters: float, data_parallel: float, zero: int) -> float:
    """16-bit weights of one GPU; stage 3 shards them. Source: zero §5."""
    return WEIGHT_BYTES * parameters / (data_parallel if zero >= 3 else 1)


def gradient_bytes(parameters: float, data_parallel: float, zero: int) -> float:
    """16-bit gradients of one GPU; stages 2 and 3 shard them. Source: zero §5."""
    return GRADIENT_BYTES * parameters / (data_parallel if zero >= 2 else 1)


def optimizer_bytes(parameters: float, data_parallel: float, zero: int) -> float:
    """Adam's states of one GPU; every stage from 1 on shards them. Source: zero §5."""
    return OPTIMIZER_BYTES * parameters / (data_parallel if zero >= 1 else 1)


def state_bytes(parameters: float, data_parallel: float = 1, zero: int = 0) -> float:
    """Weights, gradients and Adam's states of one GPU: 16 bytes per parameter without sharding.

    Args:
        parameters: those of this GPU's share of the model (divided by tensor and pipeline parallelism).
        data_parallel: GPUs among which ZeRO shards.
        zero: stage 0 to 3.

    Raises:
        ValueError: there is no such stage.

    Source: zero §3.1, §5.
    """
    if zero not in (0, 1, 2, 3):
        raise ValueError(f"ZeRO has stages 1, 2 and 3 (0 for none), not {zero}")
    parts = (weight_bytes, gradient_bytes, optimizer_bytes)
    return sum(part(parameters, data_parallel, zero) for part in parts)


def activation_bytes(
    model: ModelCard,
    sequence: float,
    batch: float,
    tensor_parallel: float = 1,
    sequence_parallel: bool = False,
    recompute: Recompute = "none",
    fused_attention: bool = False,
) -> float:
    """Activations of one micro-batch that all layers keep for the backward pass, in 16 bits.

    s·b·h·(34 + 5·a·s/h) per layer for a plain block with a feed-forward layer of 4·h, dropout and GELU; the
    second term are the attention scores, which selective recomputation and fused attention do not keep.
    Tensor parallelism divides 24 of the 34 and the scores, sequence parallelism the other 10 too.

    Args:
        batch: sequences of one micro-batch.

    Source: Reducing Activation Recomputation, arXiv:2205.05198, Table 2.
    """
    tokens = sequence * batch * model.width
    if recompute == "full":
        return model.layers * 2 * tokens / (tensor_parallel if sequence_parallel else 1)
    outside = 10 / tensor_parallel if sequence_parallel else 10
    scores = 0.0
    if recompute == "none" and not fused_attention:
        scores = 5 * model.heads * sequence / model.width / tensor_parallel
    return model.layers * tokens * (outside + 24 / tensor_parallel + scores)
