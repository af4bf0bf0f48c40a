"""Recurrent cells (Hochreiter and Schmidhuber 1997, Gers et al. 2000)."""

import torch
from torch import Tensor, nn


def rnn_cell(
    x: Tensor, h: Tensor, W_ih: Tensor, W_hh: Tensor, b: Tensor
) -> Tensor:
    """x (B, D), h (B, H), W_ih (H, D), W_hh (H, H), b (H,) -> h (B, H)."""
    return torch.tanh(x @ W_ih.T + h @ W_hh.T + b)


def lstm_cell(
    x: Tensor, h: Tensor, c: Tensor, W_ih: Tensor, W_hh: Tensor, b: Tensor
) -> tuple[Tensor, Tensor]:
    """One step of an LSTM; the rows of the weights are i, f, g, o.

    Shapes: x (B, D), h and c (B, H), W_ih (4H, D), W_hh (4H, H), b (4H,)
    -> h, c (B, H).
    """
    i, f, g, o = (x @ W_ih.T + h @ W_hh.T + b).chunk(4, dim=-1)  # (B, H) each
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h = torch.sigmoid(o) * torch.tanh(c)
    return h, c


class LSTM(nn.Module):
    """An LSTM over batches of sequences, for truncated backpropagation."""

    def __init__(self, input_size: int, hidden_size: int):
        super().__init__()
        bound = hidden_size**-0.5
        W_ih = torch.empty(4 * hidden_size, input_size)
        W_hh = torch.empty(4 * hidden_size, hidden_size)
        self.W_ih = nn.Parameter(W_ih.uniform_(-bound, bound))
        self.W_hh = nn.Parameter(W_hh.uniform_(-bound, bound))
        b = torch.zeros(4 * hidden_size)
        b[hidden_size : 2 * hidden_size] = 1  # an open forget gate: remember
        self.b = nn.Parameter(b)

    def forward(
        self, x: Tensor, state: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """x (B, T, D), state (h, c) of (B, H) -> outputs (B, T, H), (h, c)."""
        if state is None:
            zeros = x.new_zeros(x.size(0), self.W_hh.size(1))
            state = zeros, zeros
        h, c = state[0].detach(), state[1].detach()
        outputs = []
        for x_t in x.unbind(dim=1):  # (B, D)
            h, c = lstm_cell(x_t, h, c, self.W_ih, self.W_hh, self.b)
            outputs.append(h)
        return torch.stack(outputs, dim=1), (h, c)
