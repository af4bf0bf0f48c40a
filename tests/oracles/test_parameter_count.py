"""`count_parameters` against real modules of transformers, built on the meta device."""

from __future__ import annotations

import pytest
import torch

transformers = pytest.importorskip(
    "transformers", reason="oracle library not installed: pip install llmprep[oracles]"
)
LLAMA = {
    "positions": 0,
    "attention_bias": "none",
    "gated": True,
    "ffn_bias": False,
    "norm": "rmsnorm",
    "qk_norm": False,
}


def sizes(vocabulary, width, layers, heads, kv_heads, head_width, ffn_width):
    ours = {
        "vocabulary": vocabulary,
        "width": width,
        "layers": layers,
        "heads": heads,
        "kv_heads": kv_heads,
        "head_width": head_width,
        "ffn_width": ffn_width,
    }
    theirs = {
        "vocab_size": vocabulary,
        "hidden_size": width,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "num_key_value_heads": kv_heads,
        "head_dim": head_width,
        "intermediate_size": ffn_width,
    }
    return ours, theirs


SMALL = sizes(211, 24, 3, 6, 2, 8, 50)
LARGE = sizes(128256, 4096, 32, 32, 8, 128, 14336)


def count(model_class, config) -> int:
    with torch.device("meta"):
        return sum(parameter.numel() for parameter in model_class(config).parameters())


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize(("ours", "theirs"), [SMALL, LARGE])
@pytest.mark.parametrize("bias", ["none", "all"])
def test_llama(reference, ours, theirs, tied, bias):
    config = transformers.LlamaConfig(
        **theirs, tie_word_embeddings=tied, attention_bias=bias == "all", mlp_bias=bias == "all"
    )
    expected = count(transformers.LlamaForCausalLM, config)
    described = LLAMA | ours | {"tied": tied, "attention_bias": bias, "ffn_bias": bias == "all"}
    assert reference("parameter-count").count_parameters(described) == expected


@pytest.mark.parametrize("tied", [True, False])
def test_qwen3(reference, tied):
    ours, theirs = SMALL
    expected = count(
        transformers.Qwen3ForCausalLM, transformers.Qwen3Config(**theirs, tie_word_embeddings=tied)
    )
    described = LLAMA | ours | {"tied": tied, "qk_norm": True}
    assert reference("parameter-count").count_parameters(described) == expected


def test_qwen2(reference):
    ours, theirs = sizes(211, 48, 3, 6, 2, 8, 50)
    expected = count(
        transformers.Qwen2ForCausalLM, transformers.Qwen2Config(**theirs, tie_word_embeddings=False)
    )
    described = LLAMA | ours | {"tied": False, "attention_bias": "qkv"}
    assert reference("parameter-count").count_parameters(described) == expected


@pytest.mark.parametrize(("width", "layers", "heads"), [(24, 3, 4), (768, 12, 12)])
def test_gpt2(reference, width, layers, heads):
    config = transformers.GPT2Config(n_embd=width, n_layer=layers, n_head=heads)
    expected = count(transformers.GPT2LMHeadModel, config)
    ours, _ = sizes(50257, width, layers, heads, heads, width // heads, 4 * width)
    described = ours | {
        "positions": 1024,
        "tied": True,
        "attention_bias": "all",
        "gated": False,
        "qk_norm": False,
    }
    described |= {"ffn_bias": True, "norm": "layernorm"}
    drill = reference("parameter-count")
    assert drill.count_parameters(described) == expected
    assert drill.count_parameters(described, embeddings=False) == expected - (50257 + 1024) * width
