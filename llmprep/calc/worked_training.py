"""Memory and communication of training, step by step (proved against `training` and `communication`)."""

from __future__ import annotations

from dataclasses import dataclass

from llmprep.calc import adapters, communication, parameters
from llmprep.calc.step import Step
from llmprep.calc.training import GRADIENT_BYTES, OPTIMIZER_BYTES, WEIGHT_BYTES, Recompute
from llmprep.content.items import ModelCard


@dataclass(frozen=True)
class Parallelism:
    """How a model is spread over GPUs: `data` × `tensor` × `pipeline` of them.

    Raises:
        ValueError: a degree below one, or a stage that ZeRO does not have.
    """

    data: int = 1
    tensor: int = 1
    pipeline: int = 1
    zero: int = 0
    sequence: bool = False

    def __post_init__(self) -> None:
        for name in ("data", "tensor", "pipeline"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} parallelism is {getattr(self, name)}; it is 1 where there is none")
        if self.zero not in (0, 1, 2, 3):
            raise ValueError(f"ZeRO has stages 1, 2 and 3 (0 for none), not {self.zero}")


def memory_steps(
    model: ModelCard,
    spread: Parallelism,
    tokens: float,
    batch: float,
    recompute: Recompute = "none",
    fused_attention: bool = True,
) -> list[Step]:
    """What one GPU holds while training in mixed precision with Adam.

    Args:
        tokens: of one sequence.
        batch: sequences of one micro-batch.

    Raises:
        ValueError: more tensor parallelism than heads, more stages than layers.
    """
    _check(model, spread)
    share = Step(
        "share",
        "N / (tensor * pipeline)",
        {
            "N": parameters.parameters(model),
            "tensor": spread.tensor,
            "pipeline": spread.pipeline,
        },
        "parameters",
    )
    parts = (
        ("weights", WEIGHT_BYTES, 3),
        ("gradients", GRADIENT_BYTES, 2),
        ("optimizer", OPTIMIZER_BYTES, 1),
    )
    steps = [share]
    for name, size, stage in parts:
        values, formula = {"share": share.value}, f"{size} * share"
        if spread.zero >= stage:
            values, formula = values | {"data": float(spread.data)}, formula + " / data"
        steps.append(Step(name, formula, values, "bytes", "zero §3.1, §5"))
    steps.append(_activations(model, spread, tokens, batch, recompute, fused_attention))
    values = {step.name: step.value for step in steps[1:]}
    steps.append(Step("memory", "weights + gradients + optimizer + activations", values, "bytes"))
    return steps


def _activations(
    model: ModelCard,
    spread: Parallelism,
    tokens: float,
    batch: float,
    recompute: Recompute,
    fused_attention: bool,
) -> Step:
    values = {"tokens": tokens, "batch": batch, "width": float(model.width)}
    # the first stage of 1F1B keeps one micro-batch per stage, each of layers / stages: as many layers in all
    values["layers"] = float(model.layers)
    whole = "layers * tokens * batch * width"
    if recompute == "full":
        formula = f"2 * {whole}"
        if spread.sequence:
            values["tensor"], formula = float(spread.tensor), formula + " / tensor"
    else:
        values["tensor"] = float(spread.tensor)
        inner = "34 / tensor" if spread.sequence else "10 + 24 / tensor"
        if recompute == "none" and not fused_attention:
            values["heads"] = float(model.heads)
            inner += " + 5 * heads * tokens / width / tensor"
        formula = f"{whole} * ({inner})"
    return Step("activations", formula, values, "bytes", "arXiv:2205.05198 Table 2")


def communication_steps(
    model: ModelCard,
    spread: Parallelism,
    tokens: float,
    batch: float,
    micro_batches: float,
    expert_ranks: int = 1,
) -> list[Step]:
    """What one GPU sends in a training step, for each kind of parallelism that is used.

    Args:
        batch: sequences of one micro-batch.
        micro_batches: of this GPU in a step.

    Raises:
        ValueError: more tensor parallelism than heads, more stages than layers, experts that are not there.
    """
    _check(model, spread)
    steps = []
    one = {"tokens": tokens, "batch": batch, "width": float(model.width)}
    if spread.data > 1:
        share = parameters.parameters(model) / (spread.tensor * spread.pipeline)
        passes = 3 if spread.zero >= 3 else 2
        values = {"n": float(spread.data), "share": share}
        steps.append(Step("data-parallel", f"{passes} * (n - 1) / n * 2 * share", values, "bytes", "zero §7"))
    if spread.tensor > 1:
        values = one | {"n": float(spread.tensor), "micro": micro_batches}
        values["layers"] = model.layers / spread.pipeline
        formula = "micro * layers * 4 * 2 * (n - 1) / n * 2 * tokens * batch * width"
        steps.append(Step("tensor-parallel", formula, values, "bytes", "megatron-lm §3"))
    if spread.pipeline > 1:
        values = one | {"micro": micro_batches}
        formula = "2 * micro * 2 * tokens * batch * width"
        steps.append(Step("pipeline-parallel", formula, values, "bytes", "gpipe §2"))
        values = {"p": float(spread.pipeline), "m": micro_batches}
        steps.append(Step("bubble", "100 * (p - 1) / (m + p - 1)", values, "%", "gpipe §2"))
    if expert_ranks > 1:
        communication.expert_parallel_bytes(model, tokens, expert_ranks)
        assert model.experts is not None
        values = one | {"n": float(expert_ranks), "active": float(model.experts.active)}
        values |= {"layers": float(model.layers - model.experts.dense_layers), "micro": micro_batches}
        formula = "4 * layers * (n - 1) / n * micro * tokens * batch * active * width * 2"
        steps.append(Step("expert-parallel", formula, values, "bytes", "arXiv:2006.16668"))
    return steps


def lora_steps(model: ModelCard, rank: float, targets: tuple[str, ...]) -> list[Step]:
    """Trainable parameters of LoRA, matrix by matrix.

    Raises:
        ValueError: a matrix that the model does not have.
    """
    steps = []
    for target in targets:
        rows, columns = adapters.matrix(model, target)
        values = {"rank": rank, "rows": float(rows), "columns": float(columns)}
        steps.append(Step(f"lora-{target}", "rank * (rows + columns)", values, "parameters", "lora §4.1"))
    values = {step.name.removeprefix("lora-"): step.value for step in steps}
    formula = f"layers * ({' + '.join(values)})"
    total = Step("lora", formula, values | {"layers": float(model.layers)}, "parameters")
    values = {"lora": total.value, "N": float(parameters.parameters(model))}
    return [*steps, total, Step("lora-share", "100 * lora / N", values, "%")]


def _check(model: ModelCard, spread: Parallelism) -> None:
    if spread.tensor > model.heads:
        raise ValueError(f"{model.name} has {model.heads} heads, too few for {spread.tensor} tensor ranks")
    if spread.pipeline > model.layers:
        raise ValueError(f"{model.name} has {model.layers} layers, too few for {spread.pipeline} stages")
