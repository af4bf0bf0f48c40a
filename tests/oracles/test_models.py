"""The counts of our cards against models that `transformers` builds from the same numbers, without weights.

Each model is built on PyTorch's meta device from the fields of its card: nothing is downloaded or allocated.
Tied weights count once. Left out of the built models is what no card counts: the pre-training heads of the
encoders. DeepSeek-V3's bias per expert is a buffer there, a number that training moves, and counts here.

Not compared: the first Transformer, which tests/calc/test_parameters_torch.py builds, and ChatGLM-6B, which
`transformers` does not know.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from llmprep.calc.parameters import active_parameters, parameters
from llmprep.content.catalogue import Catalogue
from llmprep.content.items import ModelCard

pytest.importorskip("transformers", reason="oracle library not installed: pip install llmprep[oracles]")

import torch
from transformers import AutoConfig, AutoModel, AutoModelForCausalLM, AutoModelForSeq2SeqLM

CARDS = Catalogue.open().models()
UNKNOWN = {"transformer-base", "transformer-big", "chatglm-6b"}
Settings = dict[str, Any]


def llama_like(card: ModelCard) -> Settings:
    """What most decoders since LLaMA name alike."""
    return {
        "vocab_size": card.vocabulary,
        "hidden_size": card.width,
        "intermediate_size": card.ffn_width,
        "num_hidden_layers": card.layers,
        "num_attention_heads": card.heads,
        "num_key_value_heads": card.kv_heads,
        "head_dim": card.head_width,
        "tie_word_embeddings": card.tied,
        "pad_token_id": None,
    }


def mixture(card: ModelCard) -> Settings:
    """The experts as Qwen names them."""
    experts = card.experts
    assert experts is not None
    return llama_like(card) | {
        "num_experts": experts.count,
        "num_experts_per_tok": experts.active,
        "moe_intermediate_size": experts.width,
        "shared_expert_intermediate_size": experts.shared_width,
    }


def mixtral(card: ModelCard) -> Settings:
    experts = card.experts
    assert experts is not None
    return llama_like(card) | {
        "intermediate_size": experts.width,
        "num_local_experts": experts.count,
        "num_experts_per_tok": experts.active,
    }


def deepseek(card: ModelCard) -> Settings:
    experts, latent = card.experts, card.latent
    assert experts is not None and latent is not None
    return llama_like(card) | {
        "head_dim": latent.rope_width,
        "kv_lora_rank": latent.kv_rank,
        "q_lora_rank": latent.query_rank,
        "qk_nope_head_dim": card.head_width,
        "qk_rope_head_dim": latent.rope_width,
        "v_head_dim": latent.value_width,
        "n_routed_experts": experts.count,
        "num_experts_per_tok": experts.active,
        "n_shared_experts": experts.shared,
        "moe_intermediate_size": experts.width,
        "first_k_dense_replace": experts.dense_layers,
    }


def bert(card: ModelCard) -> Settings:
    return {
        "vocab_size": card.vocabulary,
        "hidden_size": card.width,
        "intermediate_size": card.ffn_width,
        "num_hidden_layers": card.layers,
        "num_attention_heads": card.heads,
        "max_position_embeddings": card.position_rows or card.context,
        "type_vocab_size": card.segments,
    }


def deberta(card: ModelCard) -> Settings:
    return bert(card) | {
        "relative_attention": True,
        "position_biased_input": False,
        "position_buckets": 256,
        "share_att_key": True,
        "pos_att_type": ["p2c", "c2p"],
        "norm_rel_ebd": "layer_norm",
    }


def gpt(card: ModelCard) -> Settings:
    return {
        "vocab_size": card.vocabulary,
        "n_positions": card.context,
        "n_embd": card.width,
        "n_layer": card.layers,
        "n_head": card.heads,
        "n_inner": card.ffn_width,
    }


def opt(card: ModelCard) -> Settings:
    return {
        "vocab_size": card.vocabulary,
        "hidden_size": card.width,
        "word_embed_proj_dim": card.width,
        "ffn_dim": card.ffn_width,
        "num_hidden_layers": card.layers,
        "num_attention_heads": card.heads,
        "max_position_embeddings": card.context,  # two rows are added to it
    }


def bloom(card: ModelCard) -> Settings:
    assert card.ffn_width == 4 * card.width
    return {
        "vocab_size": card.vocabulary,
        "hidden_size": card.width,
        "n_layer": card.layers,
        "n_head": card.heads,
    }


def falcon(card: ModelCard) -> Settings:
    return {
        "vocab_size": card.vocabulary,
        "hidden_size": card.width,
        "ffn_hidden_size": card.ffn_width,
        "num_hidden_layers": card.layers,
        "num_attention_heads": card.heads,
        "multi_query": True,
        "parallel_attn": True,  # attention and feed-forward layer side by side, behind one norm
        "bias": False,
        "tie_word_embeddings": card.tied,
    }


def t5(card: ModelCard) -> Settings:
    return {
        "vocab_size": card.vocabulary,
        "d_model": card.width,
        "d_kv": card.head_width,
        "d_ff": card.ffn_width,
        "num_layers": card.layers,
        "num_heads": card.heads,
        "feed_forward_proj": card.activation,
        "tie_word_embeddings": card.tied,
    }


Recipe = tuple[str, Callable[[ModelCard], Settings]]
FAMILIES: dict[str, Recipe] = {  # where one recipe serves the whole family
    "llama": ("llama", llama_like),
    "yi": ("llama", llama_like),
    "baichuan": ("llama", llama_like),  # positions, which differ, have no parameters
    "internlm": ("llama", llama_like),
    "mistral": ("mistral", llama_like),
    "phi": ("phi3", llama_like),
    "glm": ("glm", lambda card: llama_like(card) | {"attention_bias": True}),
    "bert": ("bert", bert),  # with its pooler, as the card
    "roberta": ("roberta", bert),
    "deberta": ("deberta-v2", deberta),
    "gpt": ("gpt2", gpt),
    "opt": ("opt", opt),
    "bloom": ("bloom", bloom),
    "falcon": ("falcon", falcon),
    "t5": ("t5", t5),
}
CARDS_APART: dict[str, Recipe] = {
    "mixtral-8x7b": ("mixtral", mixtral),
    "mixtral-8x22b": ("mixtral", mixtral),
    "gpt-1": ("openai-gpt", gpt),
    "gemma-2b": ("gemma", llama_like),
    "gemma-7b": ("gemma", llama_like),
    "gemma-2-9b": ("gemma2", llama_like),
    "gemma-2-27b": ("gemma2", llama_like),
    "qwen-7b": ("qwen2", llama_like),  # the same but for names
    "qwen1-5-7b": ("qwen2", llama_like),
    "qwen1-5-moe-a2-7b": ("qwen2_moe", mixture),
    "qwen2-0-5b": ("qwen2", llama_like),
    "qwen2-7b": ("qwen2", llama_like),
    "qwen2-72b": ("qwen2", llama_like),
    "qwen2-5-7b": ("qwen2", llama_like),
    "qwen2-5-32b": ("qwen2", llama_like),
    "qwen3-8b": ("qwen3", llama_like),
    "qwen3-30b-a3b": ("qwen3_moe", mixture),
    "qwen3-235b-a22b": ("qwen3_moe", mixture),
    "deepseek-llm-7b": ("llama", llama_like),
    "deepseek-llm-67b": ("llama", llama_like),
    "deepseek-v2": ("deepseek_v2", deepseek),
    "deepseek-v2-lite": ("deepseek_v2", deepseek),
    "deepseek-v3": ("deepseek_v3", deepseek),
}
PUBLISHED_ACTIVE = {
    "mixtral-8x7b": 12.9e9,
    "mixtral-8x22b": 39e9,
    "deepseek-v2": 21e9,
    "deepseek-v3": 37e9,
    "qwen1-5-moe-a2-7b": 2.7e9,
    "qwen3-30b-a3b": 3.3e9,
    "qwen3-235b-a22b": 22e9,
}


def built(card: ModelCard) -> torch.nn.Module:
    """The model of this card, on the meta device."""
    kind, settings_of = CARDS_APART.get(card.id) or FAMILIES[card.family]
    config = AutoConfig.for_model(kind, **settings_of(card))
    known = {"encoder": AutoModel, "decoder": AutoModelForCausalLM, "encoder-decoder": AutoModelForSeq2SeqLM}
    with torch.device("meta"):
        return known[card.kind].from_config(config)


def counted(card: ModelCard) -> int:
    """Parameters of the built model, tied ones once, and the experts' biases that are kept as buffers."""
    model = built(card)
    model.tie_weights()
    biases = [buffer for name, buffer in model.named_buffers() if name.endswith("e_score_correction_bias")]
    return sum(tensor.numel() for tensor in [*model.parameters(), *biases])


@pytest.mark.parametrize("name", sorted(CARDS.keys() - UNKNOWN))
def test_count_is_that_of_transformers(name: str) -> None:
    card = CARDS[name]
    assert counted(card) == parameters(card)


def test_unknown_cards_are_there() -> None:
    assert CARDS.keys() >= UNKNOWN
    assert not UNKNOWN & CARDS_APART.keys()


@pytest.mark.parametrize("name", PUBLISHED_ACTIVE)
def test_active_parameters_are_those_published(name: str) -> None:
    assert active_parameters(CARDS[name]) == pytest.approx(PUBLISHED_ACTIVE[name], rel=0.03)


def test_every_mixture_is_compared_but_one() -> None:
    """V2-Lite's 2.4B leave out embeddings, so that there is nothing to compare with."""
    mixtures = {name for name, card in CARDS.items() if card.experts is not None}
    assert mixtures - PUBLISHED_ACTIVE.keys() == {"deepseek-v2-lite"}


def test_norms_stand_where_the_built_models_have_them() -> None:
    """One more check of the cards: norms of a block, and on queries and keys."""
    for name in ("gemma-2-9b", "falcon-7b", "qwen3-8b", "llama-2-7b"):
        card = CARDS[name]
        block = built(card).get_submodule("transformer.h.0" if name == "falcon-7b" else "model.layers.0")
        norms = [part for part, module in block.named_modules() if "Norm" in type(module).__name__]
        assert len(norms) == card.block_norms + 2 * card.qk_norm, name
