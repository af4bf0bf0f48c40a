"""`llmprep calc`: the arithmetic of large models, each result with its formula and the numbers put in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.exit_codes import Exit
from llmprep.cli.options import Lang

if TYPE_CHECKING:
    from llmprep.calc.hardware import Gpu
    from llmprep.calc.step import Step
    from llmprep.cli.context import App
    from llmprep.content.items import ModelCard

calc = typer.Typer(help="LLM arithmetic: parameters, FLOPs, memory, communication, speed.", no_args_is_help=True, rich_markup_mode=None)  # fmt: skip

Model = Annotated[str, typer.Argument(help="A model, such as llama-2-7b; `llmprep compare` lists them.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Tokens = Annotated[str, typer.Option("--tokens", help="Tokens per sequence.")]
Batch = Annotated[str, typer.Option("--batch", help="Sequences at once (training: of a micro-batch).")]
Bytes = Annotated[str, typer.Option("--bytes", help="Bytes per number: 2 for bf16, 1 for int8.")]
GpuName = Annotated[str, typer.Option("--gpu", help="v100, a100-40gb, a100, h100 or h200.")]
Data = Annotated[int, typer.Option("--dp", help="Data-parallel GPUs.")]
Tensor = Annotated[int, typer.Option("--tp", help="Tensor-parallel GPUs.")]
Pipeline = Annotated[int, typer.Option("--pp", help="Pipeline stages.")]
Zero = Annotated[int, typer.Option("--zero", help="Stage of ZeRO, 0 to 3.")]


@calc.command()
def params(model: Model, as_json: Json = False, lang: Lang = None) -> None:
    """Parameters, part by part."""
    from llmprep.calc.worked import parameter_steps

    opened, card = _opened(lang, model)
    _show(opened, card.name, lambda: parameter_steps(card), as_json)


@calc.command()
def flops(
    model: Model,
    tokens: Tokens = "4096",
    batch: Batch = "1",
    training_tokens: Annotated[str | None, typer.Option("--training-tokens", help="Tokens of pre-training; default: the card's.", show_default=False)] = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:  # fmt: skip
    """FLOPs of a prompt, of one decoding step after it, and of training."""
    from llmprep.calc.worked import flops_steps

    opened, card = _opened(lang, model)
    trained = _number(opened, "--training-tokens", training_tokens) if training_tokens else card.tokens
    prompt, many = _number(opened, "--tokens", tokens), _number(opened, "--batch", batch)
    _show(opened, card.name, lambda: flops_steps(card, prompt, many, trained), as_json)


@calc.command()
def kv(
    model: Model,
    tokens: Tokens = "4096",
    batch: Batch = "1",
    bytes_: Bytes = "2",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """KV cache: MHA, GQA, MQA, MLA, sliding window."""
    from llmprep.calc.worked import cache_steps

    opened, card = _opened(lang, model)
    numbers = _numbers(opened, {"--tokens": tokens, "--batch": batch, "--bytes": bytes_})
    _show(opened, card.name, lambda: cache_steps(card, *numbers), as_json)


@calc.command()
def memory(
    model: Model,
    dp: Data = 1,
    tp: Tensor = 1,
    pp: Pipeline = 1,
    zero: Zero = 0,
    tokens: Tokens = "4096",
    batch: Batch = "1",
    recompute: Annotated[str, typer.Option("--recompute", help="Activations recomputed: none, selective, full.")] = "none",
    sequence_parallel: Annotated[bool, typer.Option("--sequence-parallel", help="Sequence parallelism beside tensor parallelism.")] = False,
    plain_attention: Annotated[bool, typer.Option("--plain-attention", help="Attention that keeps the score matrix (no FlashAttention).")] = False,
    as_json: Json = False,
    lang: Lang = None,
) -> None:  # fmt: skip
    """Memory of one GPU in training: weights, gradients, Adam, activations, with ZeRO, TP, PP, recomputation."""
    from llmprep.calc.worked_training import Parallelism, memory_steps

    opened, card = _opened(lang, model)
    if recompute not in ("none", "selective", "full"):
        _refuse(opened, f"--recompute {recompute}: none, selective, full")
    one, many = _numbers(opened, {"--tokens": tokens, "--batch": batch})

    def steps() -> list[Step]:
        spread = Parallelism(dp, tp, pp, zero, sequence_parallel)
        return memory_steps(card, spread, one, many, recompute, not plain_attention)  # type: ignore[arg-type]

    _show(opened, card.name, steps, as_json)


@calc.command()
def comm(
    model: Model,
    dp: Data = 1,
    tp: Tensor = 1,
    pp: Pipeline = 1,
    zero: Zero = 0,
    ep: Annotated[int, typer.Option("--ep", help="Expert-parallel GPUs.")] = 1,
    tokens: Tokens = "4096",
    batch: Batch = "1",
    micro_batches: Annotated[
        int, typer.Option("--micro-batches", min=1, help="Micro-batches of a step.")
    ] = 1,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Bytes that one GPU sends in a training step: DP, ZeRO, TP, PP, EP; and the pipeline's bubble."""
    from llmprep.calc.worked_training import Parallelism, communication_steps

    opened, card = _opened(lang, model)
    one, many = _numbers(opened, {"--tokens": tokens, "--batch": batch})

    def steps() -> list[Step]:
        found = communication_steps(card, Parallelism(dp, tp, pp, zero), one, many, micro_batches, ep)
        if not found:
            raise ValueError(opened.terminal.say("calc.no-parallelism"))
        return found

    _show(opened, card.name, steps, as_json)


@calc.command()
def decode(
    model: Model,
    tokens: Tokens = "4096",
    batch: Batch = "1",
    gpu: GpuName = "a100",
    gpus: Annotated[int, typer.Option("--gpus", min=1, help="GPUs that share the model.")] = 1,
    bytes_: Bytes = "2",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """What bounds decoding: bytes read per step, intensity against the roofline, tokens per second at best."""
    from llmprep.calc.worked import decoding_steps

    opened, card = _opened(lang, model)
    device = _gpu(opened, gpu)
    one, many, size = _numbers(opened, {"--tokens": tokens, "--batch": batch, "--bytes": bytes_})
    title = f"{card.name} · {gpus} × {device.name}"
    _show(opened, title, lambda: decoding_steps(card, one, many, device, gpus, size), as_json)


@calc.command()
def matmul(
    m: Annotated[str, typer.Argument(help="Rows of the first matrix.")],
    n: Annotated[str, typer.Argument(help="Columns of the second.")],
    k: Annotated[str, typer.Argument(help="The axis that is summed over.")],
    gpu: GpuName = "a100",
    bytes_: Bytes = "2",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Arithmetic intensity of one matrix product, and which side of the roofline it is on."""
    from llmprep.calc.worked import matmul_steps
    from llmprep.cli.context import App

    opened = App(lang)
    device = _gpu(opened, gpu)
    rows, columns, inner = _numbers(opened, {"M": m, "N": n, "K": k})
    size = _number(opened, "--bytes", bytes_)
    title = f"({m} × {k}) · ({k} × {n}) · {device.name}"
    _show(opened, title, lambda: matmul_steps(rows, columns, inner, device, size), as_json)


@calc.command()
def train(
    parameters: Annotated[str, typer.Argument(help="Parameters (7B), or a model; of a mixture of experts the active ones count.")],
    tokens: Annotated[str | None, typer.Option("--tokens", help="Tokens of training; default: 20 per parameter, or the model's.", show_default=False)] = None,
    gpus: Annotated[str, typer.Option("--gpus", help="How many GPUs.")] = "1024",
    gpu: GpuName = "a100",
    mfu: Annotated[float, typer.Option("--mfu", help="Share of the peak that is reached, 0 to 1.")] = 0.4,
    price: Annotated[float | None, typer.Option("--price", help="Dollars for one GPU for one hour.", show_default=False)] = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:  # fmt: skip
    """Training: FLOPs, days and cost."""
    from llmprep.calc.parameters import active_parameters
    from llmprep.calc.quantity import parse_quantity
    from llmprep.calc.worked import time_steps, training_steps
    from llmprep.cli.context import App

    opened = App(lang)
    device, many = _gpu(opened, gpu), _number(opened, "--gpus", gpus)
    if not 0 < mfu <= 1:
        _refuse(opened, f"--mfu {mfu}: 0 … 1")
    count, trained = parse_quantity(parameters), None
    if count is None:
        card = opened.catalogue.models()[opened.catalogue.resolve("model", parameters)]
        count, trained = float(active_parameters(card)), card.tokens
    trained = _number(opened, "--tokens", tokens) if tokens else trained or 20 * count

    def steps() -> list[Step]:
        found = training_steps(count, trained)
        return [*found, *time_steps(found[0].value, many, device, mfu, price)]

    _show(opened, f"{parameters} · {gpus} × {device.name}", steps, as_json)


@calc.command()
def chinchilla(
    flops: Annotated[str, typer.Argument(help="FLOPs of the whole training, such as 1e23.")],
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """The compute-optimal model for a budget, and its tokens (20 per parameter)."""
    from llmprep.calc.worked import chinchilla_steps
    from llmprep.cli.context import App

    opened = App(lang)
    budget = _number(opened, "FLOPS", flops)
    _show(opened, f"{flops} FLOPs", lambda: chinchilla_steps(budget), as_json)


@calc.command()
def lora(
    model: Model,
    rank: Annotated[int, typer.Option("--rank", min=1, help="Rank of the update.")] = 8,
    targets: Annotated[str, typer.Option("--targets", help="Matrices, of q,k,v,o,gate,up,down.")] = "q,v",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Trainable parameters of LoRA."""
    from llmprep.calc.worked_training import lora_steps

    opened, card = _opened(lang, model)
    names = tuple(name.strip() for name in targets.split(",") if name.strip())
    _show(opened, card.name, lambda: lora_steps(card, rank, names), as_json)


# ------------------------------------------------------------------ arguments


def _opened(lang: str | None, model: str) -> tuple[App, ModelCard]:
    from llmprep.cli.context import App

    opened = App(lang)
    return opened, opened.catalogue.models()[opened.catalogue.resolve("model", model)]


def _numbers(opened: App, given: dict[str, str]) -> list[float]:
    return [_number(opened, option, text) for option, text in given.items()]


def _number(opened: App, option: str, text: str) -> float:
    from llmprep.calc.quantity import parse_quantity

    number = parse_quantity(text)
    if number is None or number <= 0:
        opened.fail(opened.terminal.say("calc.no-number", option=option, text=text), Exit.MISUSE)
    return number


def _gpu(opened: App, name: str) -> Gpu:
    from llmprep.calc.hardware import GPUS

    if name.lower() not in GPUS:
        _refuse(opened, f"--gpu {name}: {', '.join(GPUS)}")
    return GPUS[name.lower()]


def _refuse(opened: App, what: str) -> None:
    opened.fail(opened.terminal.say("calc.impossible", reason=what), Exit.MISUSE)


def _show(opened: App, title: str, steps: Callable[[], Sequence[Step]], as_json: bool) -> None:
    """Work it out and print it; what cannot be is refused with its reason."""
    from llmprep.calc.expression import ExpressionProblem
    from llmprep.ui import calc_screen

    try:
        found = steps()
    except (ValueError, ExpressionProblem) as problem:
        opened.fail(opened.terminal.say("calc.impossible", reason=problem), Exit.MISUSE)
    if as_json:
        from llmprep.cli.json_output import print_json

        print_json(calc_screen.as_json(found))
    else:
        calc_screen.show_steps(title, found, opened.terminal)
