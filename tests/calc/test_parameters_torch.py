"""The recounts against modules that PyTorch builds, on the meta device: shapes without memory.

The shapes are written here once more, from the papers, so that a wrong card cannot agree with itself.
"""

from __future__ import annotations

import pytest

from llmprep.calc.parameters import parameters

torch = pytest.importorskip("torch")
nn = torch.nn


@pytest.fixture(autouse=True)
def meta_device():
    with torch.device("meta"):
        yield


def count(*modules) -> int:
    return sum(parameter.numel() for parameter in nn.ModuleList(modules).parameters())


def classic_blocks(layers, width, heads):
    block = nn.TransformerEncoderLayer(width, heads, 4 * width, activation="gelu")
    return nn.TransformerEncoder(block, layers, enable_nested_tensor=False)


@pytest.mark.parametrize(
    ("name", "layers", "width", "heads", "context"),
    [
        ("gpt2", 12, 768, 12, 1024),
        ("gpt-3-13b", 40, 5120, 40, 2048),
        ("gpt-3-175b", 96, 12_288, 96, 2048),
    ],
)
def test_gpt(models, name, layers, width, heads, context):
    built = count(
        nn.Embedding(50_257, width),
        nn.Embedding(context, width),
        classic_blocks(layers, width, heads),
        nn.LayerNorm(width),
    )
    assert parameters(models[name]) == built


@pytest.mark.parametrize(
    ("name", "layers", "width", "heads"), [("bert-base", 12, 768, 12), ("bert-large", 24, 1024, 16)]
)
def test_bert(models, name, layers, width, heads):
    embeddings = [nn.Embedding(rows, width) for rows in (30_522, 512, 2)]
    pooler = nn.Linear(width, width)
    built = count(*embeddings, nn.LayerNorm(width), classic_blocks(layers, width, heads), pooler)
    assert parameters(models[name]) == built


def test_transformer_base(models):
    def attention():
        return nn.MultiheadAttention(512, 8, bias=False)

    def ffn():
        return nn.Sequential(nn.Linear(512, 2048), nn.ReLU(), nn.Linear(2048, 512))

    norms = [nn.LayerNorm(512) for _ in range(6 * 2 + 6 * 3)]
    attentions = [attention() for _ in range(6 * 1 + 6 * 2)]
    built = count(nn.Embedding(37_000, 512), *attentions, *(ffn() for _ in range(12)), *norms)
    assert parameters(models["transformer-base"]) == built


def gated_block(width, query_width, kv_width, ffn_width, qkv_bias):
    return nn.ModuleList(
        [
            nn.RMSNorm(width),
            nn.Linear(width, query_width, bias=qkv_bias),
            nn.Linear(width, kv_width, bias=qkv_bias),
            nn.Linear(width, kv_width, bias=qkv_bias),
            nn.Linear(query_width, width, bias=False),
            nn.RMSNorm(width),
            nn.Linear(width, ffn_width, bias=False),
            nn.Linear(width, ffn_width, bias=False),
            nn.Linear(ffn_width, width, bias=False),
        ]
    )


@pytest.mark.parametrize(
    ("name", "vocabulary", "layers", "width", "kv_width", "ffn_width", "qkv_bias"),
    [
        ("llama-7b", 32_000, 32, 4096, 4096, 11_008, False),
        ("llama-13b", 32_000, 40, 5120, 5120, 13_824, False),
        ("llama-33b", 32_000, 60, 6656, 6656, 17_920, False),
        ("llama-65b", 32_000, 80, 8192, 8192, 22_016, False),
        ("llama-2-7b", 32_000, 32, 4096, 4096, 11_008, False),
        ("llama-2-70b", 32_000, 80, 8192, 1024, 28_672, False),
        ("llama-3-8b", 128_256, 32, 4096, 1024, 14_336, False),
        ("llama-3-70b", 128_256, 80, 8192, 1024, 28_672, False),
        ("mistral-7b", 32_000, 32, 4096, 1024, 14_336, False),
        ("qwen2-7b", 152_064, 28, 3584, 512, 18_944, True),
    ],
)
def test_llama_like(models, name, vocabulary, layers, width, kv_width, ffn_width, qkv_bias):
    blocks = [gated_block(width, width, kv_width, ffn_width, qkv_bias) for _ in range(layers)]
    ends = nn.Embedding(vocabulary, width), nn.RMSNorm(width), nn.Linear(width, vocabulary, bias=False)
    assert parameters(models[name]) == count(*ends, *blocks)
