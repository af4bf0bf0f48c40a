"""How much computation training takes."""

from __future__ import annotations

from llmprep.calc.units import SECONDS_PER_DAY


def training_flops(parameters: float, tokens: float) -> float:
    """FLOPs of training, C ≈ 6·N·D: 2·N forward and 4·N backward for each token.

    For a mixture of experts `parameters` are the active ones. Source: scaling-laws §2.1.
    """
    return 6 * parameters * tokens


def chinchilla_tokens(parameters: float) -> float:
    """Tokens for compute-optimal training, about 20 per parameter.

    A rule of thumb for the budget of training alone. Source: chinchilla Table 3.
    """
    return 20 * parameters


def training_days(flops: float, gpus: float, peak_flops: float, utilisation: float) -> float:
    """Days that training of `flops` FLOPs takes.

    Args:
        peak_flops: FLOP/s of one GPU (A100: 312e12 in bf16).
        utilisation: the fraction of the peak that is reached (MFU), 0 to 1.
    """
    return flops / (gpus * peak_flops * utilisation) / SECONDS_PER_DAY
