"""How many parameters a model has, counted from its architecture card.

The counts are exact: they reproduce the released checkpoints to the last parameter (tests/calc). Only
the model itself is counted, no pre-training head (BERT's MLM and NSP heads are left out, its pooler is not).
"""

from __future__ import annotations

from llmprep.content.items import ModelCard


def attention_parameters(model: ModelCard) -> int:
    """Parameters of one self-attention: W_Q, W_K, W_V, W_O, their biases, and norms on queries and keys.

    4·d² for plain multi-head attention without bias; K and V shrink with the number of KV heads.
    Source: transformer §3.2.2; GQA, arXiv:2305.13245.
    """
    if model.latent is not None:
        return latent_attention_parameters(model)
    query_width = model.heads * model.head_width
    kv_width = model.kv_heads * model.head_width
    weights = 2 * model.width * query_width + 2 * model.width * kv_width
    if model.qk_norm:
        weights += 2 * model.head_width
    if model.attention_bias == "none":
        return weights
    biases = query_width + 2 * kv_width
    return weights + biases + (model.width if model.attention_bias == "all" else 0)


def latent_attention_parameters(model: ModelCard) -> int:
    """Parameters of one latent attention: down to the latents (with their norms), up to the heads, W_O.

    Source: deepseek-v2 §2.1 and Appendix C.

    Raises:
        ValueError: the model has another kind of attention.
    """
    latent = model.latent
    if latent is None:
        raise ValueError(f"{model.id} has no latent attention")
    key_width = model.head_width + latent.rope_width
    queries = model.width * model.heads * key_width
    if latent.query_rank is not None:
        queries = latent.query_rank * (model.width + 1 + model.heads * key_width)
    down = model.width * (latent.kv_rank + latent.rope_width) + latent.kv_rank
    up = latent.kv_rank * model.heads * (model.head_width + latent.value_width)
    return queries + down + up + model.heads * latent.value_width * model.width


def ffn_parameters(model: ModelCard) -> int:
    """Parameters of one dense feed-forward layer: 2·d·d_ff, or 3·d·d_ff when it is gated, and biases.

    Source: transformer §3.3; SwiGLU, arXiv:2002.05202.
    """
    weights = model.ffn_matrices * model.width * model.ffn_width
    biases = (model.ffn_matrices - 1) * model.ffn_width + model.width
    return weights + (biases if model.ffn_bias else 0)


def experts_parameters(model: ModelCard, active_only: bool = False) -> int:
    """Parameters of one mixture of experts with its router; of those that one token uses if `active_only`.

    Source: deepseek-v2 §2.2; Mixtral, arXiv:2401.04088.

    Raises:
        ValueError: the model has no experts.
    """
    experts = model.experts
    if experts is None:
        raise ValueError(f"{model.id} has no experts")
    one = model.ffn_matrices * model.width
    routed = (experts.active if active_only else experts.count) * one * experts.width
    shared = experts.shared * one * (experts.shared_width or experts.width)
    router = experts.count * (model.width + experts.router_bias)
    return routed + shared + router + (model.width if experts.shared_gate else 0)


def norm_parameters(model: ModelCard) -> int:
    """Parameters of one norm: gain and bias (2·d) for LayerNorm, gain alone (d) for RMSNorm.

    Source: arXiv:1607.06450; arXiv:1910.07467.
    """
    return 2 * model.width if model.norm == "layernorm" else model.width


def block_parameters(model: ModelCard) -> int:
    """Parameters of one dense block: self-attention, feed-forward layer and their norms.

    About 12·d² with d_ff = 4·d. Without cross-attention: for an encoder-decoder this is an encoder block.
    """
    norms = model.block_norms * norm_parameters(model)
    return attention_parameters(model) + ffn_parameters(model) + norms


def blocks_parameters(model: ModelCard, active_only: bool = False) -> int:
    """Parameters of all blocks of one stack, dense ones and those with experts."""
    sparse = 0 if model.experts is None else model.layers - model.experts.dense_layers
    total = model.layers * block_parameters(model)
    if sparse:
        total += sparse * (experts_parameters(model, active_only) - ffn_parameters(model))
    return total


def cross_attention_parameters(model: ModelCard) -> int:
    """What a decoder block of an encoder-decoder has besides: attention over the encoder's output, its norm.

    Source: transformer §3.1.
    """
    return attention_parameters(model) + norm_parameters(model)


def embedding_parameters(model: ModelCard) -> int:
    """Parameters at both ends of the stack.

    Token, learned position and segment embeddings with their norm, and the output projection unless tied:
    what "non-embedding parameters" leave out (scaling-laws §1.3).

    Raises:
        ValueError: positions are learned but the card gives no context.
    """
    rows = model.vocabulary + model.segments
    if model.position == "learned":
        if model.context is None:
            raise ValueError(f"{model.id} has learned positions but no context; add it to its card")
        rows += model.position_rows or model.context
    if not model.tied:
        rows += model.vocabulary
    return rows * model.width + (norm_parameters(model) if model.embedding_norm else 0)


def parameters(model: ModelCard) -> int:
    """All parameters of a model."""
    return _total(model, blocks_parameters(model))


def active_parameters(model: ModelCard) -> int:
    """Parameters that one token uses: all of a dense model, the chosen experts of a mixture.

    Embeddings are counted, as the reports of Mixtral and DeepSeek do.
    """
    return _total(model, blocks_parameters(model, active_only=True))


def _total(model: ModelCard, blocks: int) -> int:
    stacks = 2 if model.kind == "encoder-decoder" else 1
    total = embedding_parameters(model) + stacks * blocks + model.other_parameters
    if model.kind == "encoder-decoder":
        total += model.layers * cross_attention_parameters(model)
    if model.final_norm:
        total += stacks * norm_parameters(model)
    if model.pooler:
        total += model.width * model.width + model.width
    return total
