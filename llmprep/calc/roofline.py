"""Whether computation or memory bandwidth is the limit, and how fast decoding can be at best."""

from __future__ import annotations

from llmprep.calc.memory import kv_cache_bytes
from llmprep.calc.parameters import active_parameters, parameters
from llmprep.content.items import ModelCard


def matmul_intensity(m: float, n: float, k: float, bytes_per_element: float = 2) -> float:
    """FLOPs per byte of an (m × k) by (k × n) product whose operands and result pass memory once.

    2·m·n·k / (bytes·(m·k + k·n + m·n)). Source: Roofline, doi:10.1145/1498765.1498785.
    """
    return 2 * m * n * k / (bytes_per_element * (m * k + k * n + m * n))


def ridge_intensity(peak_flops: float, bandwidth: float) -> float:
    """FLOPs per byte from which on computation is the limit. Source: Roofline."""
    return peak_flops / bandwidth


def attainable_flops(intensity: float, peak_flops: float, bandwidth: float) -> float:
    """FLOP/s that the roofline allows: min(peak, intensity · bandwidth). Source: Roofline."""
    return min(peak_flops, intensity * bandwidth)


def decode_bytes(model: ModelCard, context: float, batch: float, bytes_per_element: float = 2) -> float:
    """Bytes read in one decoding step: the weights once for the batch, every sequence's KV cache.

    Of a mixture of experts, the active weights of each sequence, at most all of them.
    """
    weights = min(parameters(model), batch * active_parameters(model))
    return weights * bytes_per_element + kv_cache_bytes(model, context, batch, bytes_per_element)


def decode_tokens_per_second(
    model: ModelCard, context: float, batch: float, bandwidth: float, bytes_per_element: float = 2
) -> float:
    """Upper bound of the tokens decoded per second, all sequences together: bandwidth is the limit.

    Args:
        bandwidth: bytes per second of all GPUs that share the model.
    """
    return batch * bandwidth / decode_bytes(model, context, batch, bytes_per_element)
