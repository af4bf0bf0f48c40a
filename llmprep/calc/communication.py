"""How many bytes one GPU sends: the collectives, and what each kind of parallelism needs of them."""

from __future__ import annotations

from llmprep.content.items import ModelCard


def all_reduce_bytes(size: float, ranks: float) -> float:
    """A ring all-reduce of `size` bytes: reduce-scatter and all-gather, 2·(n − 1)/n·size.

    Source: zero §7.1; Patarasuk and Yuan 2009.
    """
    return 2 * gather_bytes(size, ranks)


def gather_bytes(size: float, ranks: float) -> float:
    """An all-gather or a reduce-scatter of `size` bytes in all: (n − 1)/n·size. Source: zero §7.1."""
    return (ranks - 1) / ranks * size


def data_parallel_bytes(
    parameters: float, ranks: float, zero: int = 0, bytes_per_element: float = 2
) -> float:
    """Bytes that one GPU sends in a step of data parallelism.

    Gradients are all-reduced (ZeRO 1 and 2: reduce-scattered, and updated weights gathered: as much). Stage 3
    gathers the weights in the forward and again in the backward pass: half as much again.

    Source: zero §7.2.
    """
    passes = 3 if zero >= 3 else 2
    return passes * gather_bytes(parameters * bytes_per_element, ranks)


def tensor_parallel_bytes(
    model: ModelCard, sequence: float, batch: float, ranks: float, bytes_per_element: float = 2
) -> float:
    """Bytes that one GPU sends in a training step of tensor parallelism.

    Four all-reduces per layer, two forward (after attention, after the FFN) and two backward, of the
    activations (sequence × batch × width). Source: megatron-lm §3.
    """
    activations = sequence * batch * model.width * bytes_per_element
    return model.layers * 4 * all_reduce_bytes(activations, ranks)


def pipeline_parallel_bytes(
    model: ModelCard, sequence: float, micro_batch: float, micro_batches: float, bytes_per_element: float = 2
) -> float:
    """Bytes over one boundary between stages in a step: activations forward, their gradients back.

    Source: gpipe §2.
    """
    return 2 * micro_batches * sequence * micro_batch * model.width * bytes_per_element


def pipeline_bubble(stages: float, micro_batches: float) -> float:
    """The share of a step in which a stage idles, (p − 1)/(m + p − 1), for GPipe and 1F1B alike.

    Source: gpipe §2.
    """
    return (stages - 1) / (micro_batches + stages - 1)


def expert_parallel_bytes(
    model: ModelCard, tokens: float, ranks: float, bytes_per_element: float = 2
) -> float:
    """Bytes that one GPU sends in a training step of expert parallelism.

    Four all-to-alls per layer with experts: dispatch and combine, forward and backward; each moves every
    token once per active expert, and (n − 1)/n of that leaves the GPU if experts are chosen evenly.

    Args:
        tokens: of this GPU in the step.

    Raises:
        ValueError: the model has no experts.

    Source: GShard, arXiv:2006.16668.
    """
    if model.experts is None:
        raise ValueError(f"{model.name} has no experts")
    layers = model.layers - model.experts.dense_layers
    moved = tokens * model.experts.active * model.width * bytes_per_element
    return 4 * layers * gather_bytes(moved, ranks)
