"""How much computation a model takes: one FLOP is one multiplication or one addition."""

from __future__ import annotations

import math

from llmprep.calc.units import SECONDS_PER_DAY
from llmprep.content.items import ModelCard

SECONDS_PER_HOUR = 3_600.0


def training_flops(parameters: float, tokens: float) -> float:
    """FLOPs of training, C ≈ 6·N·D: 2·N forward and 4·N backward for each token.

    For a mixture of experts `parameters` are the active ones. Source: scaling-laws §2.1.
    """
    return 6 * parameters * tokens


def chinchilla_tokens(parameters: float) -> float:
    """Tokens for compute-optimal training, about 20 per parameter.

    A rule of thumb for the budget of training alone. Source: chinchilla Table 3.
    """
    return 20 * parameters


def chinchilla_parameters(flops: float) -> float:
    """Parameters of the compute-optimal model for a budget: C = 6·N·20·N, so N = √(C / 120).

    Source: chinchilla Table 3; scaling-laws §2.1.
    """
    return math.sqrt(flops / 120)


def training_days(flops: float, gpus: float, peak_flops: float, utilisation: float) -> float:
    """Days that training of `flops` FLOPs takes.

    Args:
        peak_flops: FLOP/s of one GPU (A100: 312e12 in bf16).
        utilisation: the fraction of the peak that is reached (MFU), 0 to 1.
    """
    return flops / (gpus * peak_flops * utilisation) / SECONDS_PER_DAY


def training_cost(days: float, gpus: float, price_per_hour: float) -> float:
    """What the GPU hours cost, in the currency of the price of one GPU for one hour."""
    return days * SECONDS_PER_DAY / SECONDS_PER_HOUR * gpus * price_per_hour


def block_matrix_elements(model: ModelCard) -> float:
    """Matrix elements that one token is multiplied with in all blocks: attention projections and FFN.

    Of a mixture of experts only the active ones. Norms, biases and embedding rows are no products. For an
    encoder-decoder this is one stack without cross-attention.
    """
    sparse = 0 if model.experts is None else model.layers - model.experts.dense_layers
    dense = model.layers - sparse
    total = model.layers * projection_elements(model)
    total += dense * model.ffn_matrices * model.width * model.ffn_width
    if model.experts is not None:
        experts = model.experts
        widths = experts.active * experts.width + experts.shared * (experts.shared_width or experts.width)
        total += sparse * model.width * (model.ffn_matrices * widths + experts.count)
    return total


def projection_elements(model: ModelCard) -> int:
    """Elements of the projections of one attention: W_Q, W_K, W_V, W_O, or those of latent attention.

    Source: transformer §3.2.2; deepseek-v2 §2.1.
    """
    latent = model.latent
    if latent is None:
        return 2 * model.width * model.head_width * (model.heads + model.kv_heads)
    key_width = model.head_width + latent.rope_width
    if latent.query_rank is None:
        queries = model.width * model.heads * key_width
    else:
        queries = latent.query_rank * (model.width + model.heads * key_width)
    keys_values = latent.kv_rank * model.heads * (model.head_width + latent.value_width)
    down = model.width * (latent.kv_rank + latent.rope_width)
    return queries + down + keys_values + model.heads * latent.value_width * model.width


def pair_flops(model: ModelCard) -> float:
    """FLOPs of one query and one key in all heads of all layers: the product q·k and the value's share.

    2·head_width for each of the two, in every head. Source: transformer §3.2.1.
    """
    latent = model.latent
    if latent is None:
        widths = 2 * model.head_width
    else:
        widths = model.head_width + latent.rope_width + latent.value_width
    return 2 * model.layers * model.heads * widths


def prefill_flops(model: ModelCard, tokens: float, batch: float = 1) -> float:
    """FLOPs of reading a prompt: every token through the blocks, causal attention, logits of the last token.

    Half of the tokens² pairs of attention are computed, as a causal kernel does.

    Raises:
        ValueError: an encoder reads no prompt.
    """
    _decodes(model)
    blocks = 2 * block_matrix_elements(model) * tokens
    attention = pair_flops(model) * tokens * tokens / 2
    return batch * (blocks + attention + 2 * model.vocabulary * model.width)


def decode_flops(model: ModelCard, context: float, batch: float = 1) -> float:
    """FLOPs of one decoding step: one token of each sequence attends to `context` tokens in the cache.

    Raises:
        ValueError: an encoder decodes nothing.
    """
    _decodes(model)
    token = 2 * (block_matrix_elements(model) + model.vocabulary * model.width)
    return batch * (token + pair_flops(model) * context)


def training_flops_exact(model: ModelCard, tokens: float, sequence: float) -> float:
    """FLOPs of training with attention: three times those of the forward pass, 2 for the backward pass.

    Args:
        tokens: of all training.
        sequence: tokens of one sequence; causal attention computes half of the pairs.
    """
    forward = 2 * (block_matrix_elements(model) + model.vocabulary * model.width)
    return 3 * tokens * (forward + pair_flops(model) * sequence / 2)


def _decodes(model: ModelCard) -> None:
    if model.kind == "encoder":
        raise ValueError(f"{model.name} is an encoder; it reads no prompt and decodes nothing")
