"""Calculations step by step, each ending in what the functions of this room give (proved in tests/calc)."""

from __future__ import annotations

from collections.abc import Mapping

from llmprep.calc import compute, memory, parameters, roofline
from llmprep.calc.hardware import Gpu
from llmprep.calc.step import Step
from llmprep.content.items import ModelCard


def _shape(model: ModelCard, *names: str) -> dict[str, float]:
    return {name: float(getattr(model, name)) for name in names}


def _result(name: str, value: float) -> Mapping[str, float]:
    return {name: value}


# ------------------------------------------------------------------ parameters


def parameter_steps(model: ModelCard) -> list[Step]:
    """Parameters by part, and their sum."""
    steps = [_attention(model), *_feed_forward(model), _norms(model)]
    if model.kind == "encoder-decoder":
        steps.append(
            Step(
                "cross-attention",
                "attention + norm",
                {"attention": steps[0].value, "norm": parameters.norm_parameters(model)},
                "parameters",
            )
        )
    steps.append(_embeddings(model))
    steps.append(_total(model, steps))
    if model.experts is not None:
        steps.append(_active(model))
    return steps


def _attention(model: ModelCard) -> Step:
    if model.latent is not None:
        return _latent_attention(model)
    values = _shape(model, "width", "heads", "kv_heads", "head_width")
    formula = "2 * width * heads * head_width + 2 * width * kv_heads * head_width"
    if model.attention_bias != "none":
        formula += " + (heads + 2 * kv_heads) * head_width"
    if model.attention_bias == "all":
        formula += " + width"
    if model.qk_norm:
        formula += " + 2 * head_width"
    return Step("attention", formula, values, "parameters", "transformer §3.2.2")


def _latent_attention(model: ModelCard) -> Step:
    latent = model.latent
    assert latent is not None
    values = _shape(model, "width", "heads", "head_width") | {
        "rope_width": latent.rope_width,
        "kv_rank": latent.kv_rank,
        "value_width": latent.value_width,
    }
    formula = "width * heads * (head_width + rope_width)"
    if latent.query_rank is not None:
        values["q_rank"] = latent.query_rank
        formula = "q_rank * (width + 1 + heads * (head_width + rope_width))"
    formula += " + width * (kv_rank + rope_width) + kv_rank"
    formula += " + kv_rank * heads * (head_width + value_width) + heads * value_width * width"
    return Step("latent-attention", formula, values, "parameters", "deepseek-v2 §2.1")


def _feed_forward(model: ModelCard) -> list[Step]:
    values = _shape(model, "width", "ffn_width")
    formula = f"{model.ffn_matrices} * width * ffn_width"
    if model.ffn_bias:
        formula += " + ffn_width + width" if model.ffn_matrices == 2 else " + 2 * ffn_width + width"
    dense = Step("ffn", formula, values, "parameters", "transformer §3.3")
    experts = model.experts
    if experts is None:
        return [dense]
    found = {
        "width": float(model.width),
        "experts": float(experts.count),
        "expert_width": float(experts.width),
    }
    formula = f"{model.ffn_matrices} * width * expert_width * experts"
    if experts.shared:
        found |= {"shared": experts.shared, "shared_width": experts.shared_width or experts.width}
        formula += f" + {model.ffn_matrices} * width * shared_width * shared"
    formula += " + experts * (width + 1)" if experts.router_bias else " + experts * width"
    formula += " + width" if experts.shared_gate else ""
    sparse = Step("experts", formula, found, "parameters", "deepseek-v2 §2.2")
    return [dense, sparse] if experts.dense_layers else [sparse]


def _norms(model: ModelCard) -> Step:
    formula = "norms * 2 * width" if model.norm == "layernorm" else "norms * width"
    return Step("norms", formula, {"norms": model.block_norms, "width": model.width}, "parameters")


def _embeddings(model: ModelCard) -> Step:
    values, formula = _shape(model, "vocabulary", "width"), "vocabulary"
    if not model.tied:
        formula = "2 * vocabulary"
    if model.position == "learned":
        values["positions"] = float(model.position_rows or model.context or 0)
        formula += " + positions"
    if model.segments:
        values["segments"] = float(model.segments)
        formula += " + segments"
    formula = f"({formula}) * width" if "+" in formula else f"{formula} * width"
    if model.embedding_norm:
        formula += " + 2 * width" if model.norm == "layernorm" else " + width"
    return Step("embeddings", formula, values, "parameters")


def _total(model: ModelCard, steps: list[Step]) -> Step:
    found = {step.name.replace("-", "_"): step.value for step in steps}
    attention = "latent_attention" if model.latent is not None else "attention"
    values = {name: found[name] for name in (attention, "norms", "embeddings")} | {"layers": model.layers}
    if model.experts is None:
        values["ffn"] = found["ffn"]
        formula = f"layers * ({attention} + ffn + norms)"
    elif model.experts.dense_layers:
        values |= {"ffn": found["ffn"], "experts": found["experts"], "dense": model.experts.dense_layers}
        formula = f"layers * ({attention} + norms) + dense * ffn + (layers - dense) * experts"
    else:
        values["experts"] = found["experts"]
        formula = f"layers * ({attention} + experts + norms)"
    if model.kind == "encoder-decoder":
        values["cross"] = found["cross_attention"]
        formula = f"2 * {formula} + layers * cross"
    rest = parameters.parameters(model) - _counted(formula, values) - found["embeddings"]
    formula += " + embeddings"
    if rest:
        final = model.final_norm and rest == parameters.norm_parameters(model)
        values["final_norm" if final else "rest"] = rest
        formula += " + final_norm" if final else " + rest"
    return Step("total", formula, values, "parameters")


def _counted(formula: str, values: Mapping[str, float]) -> float:
    used = {name: value for name, value in values.items() if name != "embeddings"}
    return Step("", formula, used).value


def _active(model: ModelCard) -> Step:
    assert model.experts is not None
    experts = model.experts
    values = {
        "total": float(parameters.parameters(model)),
        "sparse_layers": float(model.layers - experts.dense_layers),
        "experts": float(experts.count),
        "active": float(experts.active),
        "width": float(model.width),
        "expert_width": float(experts.width),
    }
    formula = f"total - sparse_layers * (experts - active) * {model.ffn_matrices} * width * expert_width"
    return Step("active", formula, values, "parameters")


# ------------------------------------------------------------------ compute


def flops_steps(model: ModelCard, prompt: float, batch: float, training_tokens: float | None) -> list[Step]:
    """Prefill of a prompt, one decoding step after it, and training.

    Raises:
        ValueError: an encoder reads no prompt.
    """
    compute.prefill_flops(model, prompt, batch)
    matrices = {"matrices": compute.block_matrix_elements(model)}
    pair = {"pair": compute.pair_flops(model)}
    head = {"head": float(model.vocabulary * model.width)}
    run = {"tokens": prompt, "batch": batch}
    prefill = "batch * (2 * matrices * tokens + pair * tokens ** 2 / 2 + 2 * head)"
    decode = "batch * (2 * (matrices + head) + pair * context)"
    steps = [
        _matrices(model),
        _pair(model),
        Step("prefill", prefill, matrices | pair | head | run, "FLOPs"),
        Step("decode", decode, matrices | pair | head | {"context": prompt, "batch": batch}, "FLOPs"),
    ]
    if training_tokens is not None:
        steps += training_steps(parameters.active_parameters(model), training_tokens)
    return steps


def _matrices(model: ModelCard) -> Step:
    projections = compute.projection_elements(model)
    rest = compute.block_matrix_elements(model) - model.layers * projections
    values = {"layers": float(model.layers), "projections": float(projections), "ffn_matrices": rest}
    return Step("matrices", "layers * projections + ffn_matrices", values, "elements")


def _pair(model: ModelCard) -> Step:
    latent = model.latent
    values = _shape(model, "layers", "heads", "head_width")
    if latent is None:
        return Step("pair", "2 * layers * heads * 2 * head_width", values, "FLOPs")
    values |= {"rope_width": float(latent.rope_width), "value_width": float(latent.value_width)}
    return Step("pair", "2 * layers * heads * (head_width + rope_width + value_width)", values, "FLOPs")


def training_steps(count: float, tokens: float) -> list[Step]:
    """Training by the rule 6·N·D."""
    values = {"N": count, "tokens": tokens}
    return [Step("training", "6 * N * tokens", values, "FLOPs", "scaling-laws §2.1")]


def time_steps(
    flops: float, gpus: float, gpu: Gpu, utilisation: float, price_per_hour: float | None
) -> list[Step]:
    """Days on so many GPUs, and what they cost."""
    values = {"flops": flops, "gpus": gpus, "peak": gpu.peak_flops, "utilisation": utilisation}
    days = Step("days", "flops / (gpus * peak * utilisation) / 86400", values, "days")
    if price_per_hour is None:
        return [days]
    values = {"days": days.value, "gpus": gpus, "price": price_per_hour}
    return [days, Step("cost", "days * 24 * gpus * price", values, "$")]


def chinchilla_steps(flops: float) -> list[Step]:
    """The compute-optimal model for a budget, and its tokens."""
    size = Step(
        "optimal-parameters", "sqrt(flops / 120)", {"flops": flops}, "parameters", "chinchilla Table 3"
    )
    return [size, Step("optimal-tokens", "20 * N", {"N": size.value}, "tokens")]


# ------------------------------------------------------------------ inference


def cache_steps(model: ModelCard, tokens: float, batch: float, bytes_per_element: float) -> list[Step]:
    """The KV cache, with a sliding window if the model has one.

    Raises:
        ValueError: an encoder has no cache.
    """
    memory.kv_cache_bytes(model, tokens, batch, bytes_per_element)
    run = {"tokens": tokens, "batch": batch, "bytes": bytes_per_element}
    if model.latent is not None:
        values = {
            "layers": float(model.layers),
            "kv_rank": float(model.latent.kv_rank),
            "rope_width": float(model.latent.rope_width),
        }
        formula, source = "layers * (kv_rank + rope_width) * tokens * batch * bytes", "deepseek-v2 §2.1.4"
    else:
        values = _shape(model, "layers", "kv_heads", "head_width")
        formula, source = "2 * layers * kv_heads * head_width * tokens * batch * bytes", "arXiv:1911.02150"
    steps = [Step("kv-cache", formula, values | run, "bytes", source)]
    if model.window is not None and tokens > model.window.tokens:
        every = model.window.full_every
        full = 0 if every is None else model.layers // every
        values = {"cache": steps[0].value, "layers": float(model.layers), "full_layers": float(full)}
        values |= {"window": float(model.window.tokens), "tokens": tokens}
        formula = "cache * (full_layers + (layers - full_layers) * window / tokens) / layers"
        steps.append(Step("window-cache", formula, values, "bytes", "arXiv:2310.06825 §2"))
    return steps


def decoding_steps(
    model: ModelCard, context: float, batch: float, gpu: Gpu, gpus: float, bytes_per_element: float
) -> list[Step]:
    """What one decoding step reads, its intensity against the ridge, and the tokens per second at best."""
    cache = memory.kv_cache_bytes(model, context, batch, bytes_per_element)
    count, active = parameters.parameters(model), parameters.active_parameters(model)
    values = {"N": float(count), "bytes": bytes_per_element, "cache": cache}
    formula = "N * bytes + cache"
    if active < count:
        values |= {"active": float(active), "batch": batch}
        formula = "min(N, batch * active) * bytes + cache"
    read = Step("bytes-read", formula, values, "bytes")
    flops = compute.decode_flops(model, context, batch)
    intensity = Step("intensity", "flops / read", {"flops": flops, "read": read.value}, "FLOP/B")
    ridge = Step("ridge", "peak / bandwidth", {"peak": gpu.peak_flops, "bandwidth": gpu.bandwidth}, "FLOP/B")
    values = {"batch": batch, "gpus": gpus, "bandwidth": gpu.bandwidth, "read": read.value}
    speed = Step("tokens-per-second", "batch * gpus * bandwidth / read", values, "tokens/s", "roofline")
    if intensity.value > ridge.value:
        values = {"batch": batch, "gpus": gpus, "peak": gpu.peak_flops, "flops": flops}
        speed = Step("tokens-per-second", "batch * gpus * peak / flops", values, "tokens/s", "roofline")
    return [read, intensity, ridge, speed]


def matmul_steps(m: float, n: float, k: float, gpu: Gpu, bytes_per_element: float) -> list[Step]:
    """The intensity of one matrix product against the ridge, and the FLOP/s that the roofline allows."""
    values = {"m": m, "n": n, "k": k, "bytes": bytes_per_element}
    intensity = Step(
        "intensity", "2 * m * n * k / (bytes * (m * k + k * n + m * n))", values, "FLOP/B", "roofline"
    )
    ridge = Step("ridge", "peak / bandwidth", {"peak": gpu.peak_flops, "bandwidth": gpu.bandwidth}, "FLOP/B")
    values = {"peak": gpu.peak_flops, "intensity": intensity.value, "bandwidth": gpu.bandwidth}
    assert roofline.ridge_intensity(gpu.peak_flops, gpu.bandwidth) == ridge.value
    return [intensity, ridge, Step("attainable", "min(peak, intensity * bandwidth)", values, "FLOP/s")]
