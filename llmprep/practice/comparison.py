"""What distinguishes the architectures of some models: the features in which their cards differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from llmprep.calc.memory import cache_elements
from llmprep.calc.parameters import active_parameters, parameters
from llmprep.calc.quantity import format_quantity
from llmprep.calc.units import KiB
from llmprep.content.items import ModelCard


@dataclass(frozen=True)
class Row:
    """A feature, and what each model has; None where a model has nothing of the kind."""

    feature: str
    values: tuple[str | None, ...]

    @property
    def differs(self) -> bool:
        """Whether the models are not all the same here."""
        return len(set(self.values)) > 1


def compare(models: Sequence[ModelCard], all_features: bool = False) -> list[Row]:
    """The features in which the models differ, in the order in which one would tell them.

    Args:
        all_features: also those in which they agree.
    """
    rows = [Row(name, tuple(told(model) for model in models)) for name, told in _FEATURES.items()]
    return [row for row in rows if row.differs or (all_features and any(row.values))]


def _attention(model: ModelCard) -> str:
    if model.latent is not None:
        return f"MLA, latent {model.latent.kv_rank} + {model.latent.rope_width}"
    if model.attention == "MHA":
        return f"MHA, {model.heads} × {model.head_width}"
    return f"{model.attention}, {model.heads} : {model.kv_heads} × {model.head_width}"


def _feed_forward(model: ModelCard) -> str:
    gated = "gated " if model.ffn_matrices == 3 else ""
    return f"{gated}{model.activation}, {model.ffn_width:,}"


def _experts(model: ModelCard) -> str | None:
    experts = model.experts
    if experts is None:
        return None
    shared = f" + {experts.shared} shared" if experts.shared else ""
    return f"{experts.active} of {experts.count}{shared}, {experts.width:,}"


def _norm(model: ModelCard) -> str:
    name = "LayerNorm" if model.norm == "layernorm" else "RMSNorm"
    place = "post" if model.post_norm else "pre"
    more = " + post" if model.block_norms == 4 else ""
    return f"{place}-{name}{more}"


def _bias(model: ModelCard) -> str | None:
    parts = (
        []
        if model.attention_bias == "none"
        else [model.attention_bias.upper() if model.attention_bias == "qkv" else "attention"]
    )
    return ", ".join([*parts, *(["FFN"] if model.ffn_bias else [])]) or None


def _window(model: ModelCard) -> str | None:
    if model.window is None:
        return None
    every = model.window.full_every
    return f"{model.window.tokens:,}" + (f", 1/{every} full" if every else "")


def _cache(model: ModelCard) -> str | None:
    if model.kind == "encoder":
        return None
    return f"{format_quantity(model.layers * cache_elements(model) * 2 / KiB)} KiB"


def _active(model: ModelCard) -> str | None:
    return format_quantity(active_parameters(model)) if model.experts is not None else None


_FEATURES: dict[str, Callable[[ModelCard], str | None]] = {
    "date": lambda model: model.date,
    "kind": lambda model: model.kind,
    "parameters": lambda model: format_quantity(parameters(model)),
    "active": _active,
    "tokens": lambda model: None if model.tokens is None else format_quantity(model.tokens),
    "layers": lambda model: str(model.layers),
    "width": lambda model: f"{model.width:,}",
    "attention": _attention,
    "cache": _cache,
    "window": _window,
    "ffn": _feed_forward,
    "experts": _experts,
    "norm": _norm,
    "qk-norm": lambda model: "yes" if model.qk_norm else None,
    "position": lambda model: model.position,
    "context": lambda model: None if model.context is None else f"{model.context:,}",
    "vocabulary": lambda model: f"{model.vocabulary:,}",
    "tied": lambda model: "yes" if model.tied else None,
    "bias": _bias,
    "licence": lambda model: model.licence,
}
