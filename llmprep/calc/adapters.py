"""What parameter-efficient fine-tuning trains."""

from __future__ import annotations


def lora_parameters(d_out: float, d_in: float, rank: float) -> float:
    """Trainable parameters of LoRA on one d_out × d_in matrix: B (d_out × r) and A (r × d_in).

    Source: lora §4.1.
    """
    return rank * (d_out + d_in)
