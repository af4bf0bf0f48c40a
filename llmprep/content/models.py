"""Architecture cards of real models, as their authors write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from llmprep.content.text import Item


@dataclass(frozen=True)
class ModelCard(Item):
    """The architecture of one real model: what its parameters can be counted from.

    Widths are in elements, `tokens` in tokens of pre-training.

    Attributes:
        layers: blocks; for an encoder-decoder, of each of the two stacks.
        ffn_matrices: 2 for W₁, W₂; 3 for gated ones (SwiGLU).
        vocabulary: rows of the embedding matrix.
        context: tokens; the rows of the position matrix where positions are learned; None if unlimited.
        tied: the output projection is the embedding matrix.
        parameters: as published, in the paper or, where that only rounds to "7B", with the checkpoint.
        segments: rows of the segment embedding (BERT).
        embedding_norm: a norm on the sum of the embeddings (BERT).
        final_norm: a norm after the last block.
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
