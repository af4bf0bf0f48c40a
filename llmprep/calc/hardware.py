"""What one GPU can do, as its maker states it: dense, without sparsity."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Gpu:
    """One GPU.

    Attributes:
        peak_flops: FLOP/s of its tensor cores in bf16 (V100: fp16).
        bandwidth: bytes per second between its memory and its cores.
        memory: bytes.
    """

    name: str
    peak_flops: float
    bandwidth: float
    memory: float


GPUS = {
    "v100": Gpu("V100 SXM2 32 GB", 125e12, 0.9e12, 32e9),
    "a100-40gb": Gpu("A100 SXM 40 GB", 312e12, 1.555e12, 40e9),
    "a100": Gpu("A100 SXM 80 GB", 312e12, 2.039e12, 80e9),
    "h100": Gpu("H100 SXM 80 GB", 989.4e12, 3.35e12, 80e9),
    "h200": Gpu("H200 SXM 141 GB", 989.4e12, 4.8e12, 141e9),
}
"""Source: NVIDIA's data sheets of the V100, A100, H100 and H200."""
