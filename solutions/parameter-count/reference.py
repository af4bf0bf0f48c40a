"""The parameters of a decoder-only transformer, counted from its config."""

from typing import Any

Config = dict[str, Any]


def count_parameters(config: Config, embeddings: bool = True) -> int:
    """All parameters, or all but embeddings and output head."""
    norm = _norm(config)
    block = _attention(config) + _ffn(config) + 2 * norm
    total = config["layers"] * block + norm  # and the norm behind the blocks
    return total + _embeddings(config) if embeddings else total


def _attention(config: Config) -> int:
    width, head_width = config["width"], config["head_width"]
    query = config["heads"] * head_width
    key = config["kv_heads"] * head_width  # also the width of the values
    count = width * (query + 2 * key) + query * width
    if config["attention_bias"] != "none":
        count += query + 2 * key
    if config["attention_bias"] == "all":
        count += width
    if config["qk_norm"]:
        count += 2 * head_width
    return count


def _ffn(config: Config) -> int:
    width, ffn_width = config["width"], config["ffn_width"]
    up = 2 if config["gated"] else 1  # matrices into the hidden width
    count = (up + 1) * width * ffn_width
    if config["ffn_bias"]:
        count += up * ffn_width + width
    return count


def _norm(config: Config) -> int:
    return config["width"] * (2 if config["norm"] == "layernorm" else 1)


def _embeddings(config: Config) -> int:
    matrices = 1 if config["tied"] else 2  # the head is a second one
    rows = matrices * config["vocabulary"] + config["positions"]
    return rows * config["width"]
