"""PyTorch's own, whose two biases are summed here."""

import torch
from torch import nn

COUNTERPART = "torch.nn.LSTM"


def pairs(implementation, seed):
    """One step of either cell, then a sequence from a given state."""
    torch.manual_seed(seed)
    x, h, c = torch.randn(4, 6, 5), torch.randn(4, 3), torch.randn(4, 3)
    rnn, cell = nn.RNNCell(5, 3), nn.LSTMCell(5, 3)
    yield (
        "rnn_cell",
        implementation.rnn_cell(x[:, 0], h, *weights(rnn)),
        rnn(x[:, 0], h),
    )
    ours = implementation.lstm_cell(x[:, 0], h, c, *weights(cell))
    theirs = cell(x[:, 0], (h, c))
    yield "lstm_cell, h", ours[0], theirs[0]
    yield "lstm_cell, c", ours[1], theirs[1]

    layer = nn.LSTM(5, 3, batch_first=True)
    lstm = implementation.LSTM(5, 3)
    flat = [layer.weight_ih_l0, layer.weight_hh_l0]
    bias = layer.bias_ih_l0 + layer.bias_hh_l0
    with torch.no_grad():
        for name, value in zip(
            ("W_ih", "W_hh", "b"), [*flat, bias], strict=True
        ):
            getattr(lstm, name).copy_(value)
    outputs, state = lstm(x, (h, c))
    their_outputs, their_state = layer(x, (h[None], c[None]))
    yield "LSTM, outputs", outputs, their_outputs
    yield "LSTM, last h", state[0], their_state[0][0]
    yield "LSTM, last c", state[1], their_state[1][0]


def weights(cell):
    """W_ih, W_hh and the sum of both biases."""
    return cell.weight_ih, cell.weight_hh, cell.bias_ih + cell.bias_hh
