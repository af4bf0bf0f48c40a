import torch
from torch import nn
from torch.nn import functional as F


def rnn_cell(x, h, W_ih, W_hh, b):
    both, W = torch.cat([x, h], -1), torch.cat([W_ih, W_hh], -1)
    return F.linear(both, W, b).tanh()


def lstm_cell(x, h, c, W_ih, W_hh, b):
    H = h.shape[-1]
    z = F.linear(torch.cat([x, h], -1), torch.cat([W_ih, W_hh], -1), b)
    i, f, o = (z[:, k * H : (k + 1) * H].sigmoid() for k in (0, 1, 3))
    g = z[:, 2 * H : 3 * H].tanh()
    new = torch.addcmul(f * c, i, g)
    return o * new.tanh(), new


class LSTM(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W_ih = nn.Parameter(torch.empty(4 * hidden_size, input_size))
        self.W_hh = nn.Parameter(torch.empty(4 * hidden_size, hidden_size))
        self.b = nn.Parameter(torch.empty(4 * hidden_size))
        self.reset()

    def reset(self):
        for W in (self.W_ih, self.W_hh):
            nn.init.uniform_(
                W, -(self.hidden_size**-0.5), self.hidden_size**-0.5
            )
        with torch.no_grad():
            self.b.zero_().view(4, -1)[1].fill_(1.0)

    def forward(self, x, state=None):
        B, T, _ = x.shape
        if state is None:
            h = c = torch.zeros(B, self.hidden_size, dtype=x.dtype)
        else:
            h, c = map(torch.Tensor.detach, state)
        out = torch.empty(B, 0, self.hidden_size, dtype=x.dtype)
        for t in range(T):
            h, c = lstm_cell(x[:, t], h, c, self.W_ih, self.W_hh, self.b)
            out = torch.cat([out, h[:, None]], 1)
        return out, (h, c)
