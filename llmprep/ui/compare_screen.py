"""Models side by side: only what differs, and one line on why it matters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table
from rich.text import Text as Line

from llmprep.calc.parameters import parameters
from llmprep.calc.quantity import format_quantity
from llmprep.content.items import Language, ModelCard
from llmprep.practice.comparison import Row
from llmprep.ui.blocks import prose
from llmprep.ui.terminal import Terminal

WIDEST_NAME = 14
_FEATURES: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "date": (("released", "发布"), ("", "")),
    "kind": (("stack", "结构"), ("An encoder sees both sides; a decoder generates, and its cache makes that cheap.", "encoder 能看两边；decoder 用来生成，有 KV cache 才便宜。")),
    "parameters": (("parameters", "参数"), ("Counted from the card, embeddings included.", "按架构卡片数出，含 embedding。")),
    "active": (("active", "激活参数"), ("Compute per token follows the active parameters, memory all of them.", "每个 token 的计算量看激活参数，显存看全部参数。")),
    "tokens": (("tokens", "训练 token"), ("Beyond 20 tokens per parameter one pays in training to save at inference.", "超过每参数 20 个 token，是训练多花钱、推理省钱。")),
    "layers": (("layers", "层数"), ("", "")),
    "width": (("width", "宽度"), ("", "")),
    "attention": (("attention", "注意力"), ("Fewer K/V heads, or a latent, shrink the cache that every decoding step reads.", "K/V head 更少，或改存 latent，每步解码要读的 cache 就更小。")),
    "cache": (("KV per token", "每 token KV"), ("In bf16, all layers.", "bf16，所有层合计。")),
    "window": (("window", "滑动窗口"), ("A window bounds the cache; depth carries information further.", "窗口给 cache 封了顶；更远的信息靠层数传递。")),
    "ffn": (("FFN", "FFN"), ("A gated FFN has three matrices, so its width is about 8/3·d for the same parameters.", "门控 FFN 有三个矩阵，同样参数量下宽度约 8/3·d。")),
    "experts": (("experts", "专家"), ("More parameters for the same compute per token; balance and memory are the price.", "每 token 计算量不变，参数更多；代价是负载均衡和显存。")),
    "norm": (("norm", "归一化"), ("Pre-norm keeps the residual path clean and trains stably; RMSNorm drops mean and bias.", "pre-norm 让残差通路畅通、训练更稳；RMSNorm 去掉均值和偏置。")),
    "qk-norm": (("QK norm", "QK norm"), ("Normalised queries and keys keep the scores from growing.", "归一化 query 和 key，分数不会越训越大。")),
    "position": (("position", "位置编码"), ("RoPE and ALiBi depend on distances; learned positions end with their table.", "RoPE、ALiBi 只与距离有关；可学习的位置到表尾为止。")),
    "context": (("context", "上下文"), ("", "")),
    "vocabulary": (("vocabulary", "词表"), ("A larger vocabulary makes fewer tokens, above all in Chinese, and larger embeddings.", "词表大则 token 少（中文尤甚），embedding 也更大。")),
    "tied": (("tied", "共享 embedding"), ("Tying saves a vocabulary × width matrix, a large share of small models.", "共享省下一个词表 × 宽度的矩阵，小模型里占比很大。")),
    "bias": (("bias", "偏置"), ("Most decoders dropped biases; Qwen kept them on QKV, for extrapolation.", "多数 decoder 去掉了偏置；Qwen 在 QKV 上保留，为了外推。")),
    "licence": (("licence", "许可证"), ("", "")),
}  # fmt: skip


def show_comparison(models: Sequence[ModelCard], rows: Sequence[Row], terminal: Terminal) -> None:
    """A table with a column for each model; where that is too wide, one feature after the other."""
    language = terminal.language
    terminal.rule(" · ".join(model.name for model in models))
    room = (terminal.console.width - WIDEST_NAME) // len(models) - 2
    if all(len(value or "—") <= room for row in rows for value in row.values):
        terminal.print(_table(models, rows, language))
    else:
        for row in rows:
            terminal.print(Line(_name(row.feature, language), style="title"))
            for model, value in zip(models, row.values, strict=True):
                terminal.print(prose(f"  {model.name}: {value or '—'}"))
    reasons = [(row.feature, _why(row.feature, language)) for row in rows]
    terminal.print("")
    for feature, reason in reasons:
        if reason:
            colon = "：" if language == "zh" else ": "
            terminal.print(prose(f"{_name(feature, language)}{colon}{reason}", style="faint"))


def _table(models: Sequence[ModelCard], rows: Sequence[Row], language: Language) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    for _ in models:
        table.add_column()
    table.add_row("", *(Line(model.name, style="title") for model in models))
    for row in rows:
        table.add_row(
            Line(_name(row.feature, language), style="faint"), *(value or "—" for value in row.values)
        )
    return table


def show_models(models: Sequence[ModelCard], terminal: Terminal) -> None:
    """All cards, family by family."""
    table = Table.grid(padding=(0, 2))
    for justify in ("left", "left", "right", "left"):
        table.add_column(justify=justify, no_wrap=True)
    for model in sorted(models, key=lambda card: (card.family, card.date or "", parameters(card))):
        size = format_quantity(parameters(model))
        table.add_row(Line(model.id, style="key"), model.name, size, model.date or "")
    terminal.print(table)
    terminal.line("compare.hint", style="dim")


def as_json(models: Sequence[ModelCard], rows: Sequence[Row]) -> dict[str, Any]:
    """The same for programs."""
    ids = [model.id for model in models]
    return {"models": ids, "features": {row.feature: dict(zip(ids, row.values, strict=True)) for row in rows}}


def _name(feature: str, language: Language) -> str:
    return _FEATURES[feature][0][language == "zh"]


def _why(feature: str, language: Language) -> str:
    return _FEATURES[feature][1][language == "zh"]
