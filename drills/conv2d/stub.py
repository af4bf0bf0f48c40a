from torch import Tensor


def conv2d(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    dilation: int | tuple[int, int] = 1,
) -> Tensor:
    """x (B, C_in, H, W), weight (C_out, C_in, k_H, k_W) -> (B, C_out, H′, W′)."""
    raise NotImplementedError
