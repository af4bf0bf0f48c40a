"""Architecture cards of real models, as their authors write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from llmprep.content.text import Item


@dataclass(frozen=True)
class LatentAttention(Item):
    """Multi-head latent attention (deepseek-v2 §2.1); the card's head_width is the part without positions.

    Attributes:
        kv_rank: width of the latent that K and V are made from, and that is cached.
        rope_width: width of the one key with positions that all heads share, cached too.
        value_width: of one head.
        query_rank: width of the latent that Q is made from; None if Q is made directly.
    """

    kv_rank: int
    rope_width: int
    value_width: int
    query_rank: int | None = None


@dataclass(frozen=True)
class Experts(Item):
    """A mixture of experts in place of the feed-forward layer.

    Attributes:
        count: routed experts, of which `active` are used per token.
        width: hidden width of one expert; each of the `shared` ones has `shared_width` or else the same.
        dense_layers: the first blocks, which have an ordinary feed-forward layer of the card's ffn_width.
        router_bias: a bias per expert beside the router's matrix (deepseek-v3 §2.1.2).
        shared_gate: a gate, one number per token, on the shared experts (Qwen1.5-MoE).
    """

    count: int
    active: int
    width: int
    shared: int = 0
    shared_width: int | None = None
    dense_layers: int = 0
    router_bias: bool = False
    shared_gate: bool = False


@dataclass(frozen=True)
class Window(Item):
    """Sliding-window attention: a query sees the last `tokens`; every `full_every`th block sees all."""

    tokens: int
    full_every: int | None = None


@dataclass(frozen=True)
class ModelCard(Item):
    """The architecture of one real model: what its parameters can be counted from.

    Widths are in elements, `tokens` in tokens of pre-training.

    Attributes:
        layers: blocks; for an encoder-decoder, of each of the two stacks.
        ffn_matrices: 2 for W₁, W₂; 3 for gated ones (SwiGLU).
        vocabulary: rows of the embedding matrix.
        context: tokens; the rows of the position matrix where positions are learned; None if unlimited.
        position_rows: rows of that matrix where they are not as many as `context` (RoBERTa, OPT).
        tied: the output projection is the embedding matrix.
        parameters: as published, in the paper or, where that only rounds to "7B", with the checkpoint.
        segments: rows of the segment embedding (BERT).
        embedding_norm: a norm on the sum of the embeddings (BERT).
        final_norm: a norm after the last block.
        block_norms: norms of one block (4 where the sub-layers' outputs are normalised too).
        post_norm: norms stand after the residual sum, as in the first Transformer.
        qk_norm: a norm on every query and key, of head_width numbers each.
        other_parameters: what no other key counts; a comment beside it says what.
        date: of release, YYYY-MM.
        licence: of the weights; None if they were not released.
    """

    id: str
    name: str
    family: str
    source: str
    layers: int
    width: int
    heads: int
    kv_heads: int
    head_width: int
    ffn_width: int
    ffn_matrices: Literal[2, 3]
    vocabulary: int
    context: int | None
    tied: bool
    attention_bias: Literal["none", "qkv", "all"]
    ffn_bias: bool
    norm: Literal["layernorm", "rmsnorm"]
    position: Literal["learned", "sinusoidal", "rope", "alibi", "relative"]
    kind: Literal["encoder", "decoder", "encoder-decoder"]
    activation: str
    parameters: float
    tokens: float | None = None
    segments: int = 0
    pooler: bool = False
    embedding_norm: bool = False
    final_norm: bool = False
    position_rows: int | None = None
    block_norms: int = 2
    post_norm: bool = False
    qk_norm: bool = False
    latent: LatentAttention | None = None
    experts: Experts | None = None
    window: Window | None = None
    other_parameters: int = 0
    date: str | None = None
    licence: str | None = None

    @property
    def attention(self) -> Literal["MHA", "GQA", "MQA", "MLA"]:
        """Which kind of attention it has."""
        if self.latent is not None:
            return "MLA"
        if self.kv_heads == self.heads:
            return "MHA"
        return "MQA" if self.kv_heads == 1 else "GQA"
