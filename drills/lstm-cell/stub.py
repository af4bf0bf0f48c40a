from torch import Tensor, nn


def rnn_cell(x: Tensor, h: Tensor, W_ih: Tensor, W_hh: Tensor, b: Tensor) -> Tensor:
    """x (B, D), h (B, H), W_ih (H, D), W_hh (H, H), b (H,) -> h (B, H)."""
    raise NotImplementedError


def lstm_cell(
    x: Tensor, h: Tensor, c: Tensor, W_ih: Tensor, W_hh: Tensor, b: Tensor
) -> tuple[Tensor, Tensor]:
    """x (B, D), h and c (B, H), W_ih (4H, D), W_hh (4H, H), b (4H,) -> h, c (B, H)."""
    raise NotImplementedError


class LSTM(nn.Module):
    def __init__(self, input_size: int, hidden_size: int):
        super().__init__()
        raise NotImplementedError

    def forward(
        self, x: Tensor, state: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """x (B, T, D), state (h, c) of (B, H) each -> outputs (B, T, H), (h, c)."""
        raise NotImplementedError
