"""Hidden tests of the recurrent cells: the four gates, the two kinds of state, and time all differ."""

from llmprep.judge.probes import Tools, probe

D, H = 5, 3


@probe(en="One step of the RNN", zh="RNN 的一步")
def rnn_step(impl, t: Tools):
    return impl.rnn_cell(t.randn(2, D), t.randn(2, H), *weights(t, H))


@probe(en="One step of the LSTM", zh="LSTM 的一步")
def lstm_step(impl, t: Tools):
    return impl.lstm_cell(t.randn(2, D), t.randn(2, H), t.randn(2, H, scale=2.0), *weights(t, 4 * H))


@probe(en="Several steps, each from the state before", zh="连续几步，每步从上一步的状态出发")
def steps(impl, t: Tools):
    W_ih, W_hh, b = weights(t, 4 * H)
    h, c, seen = t.randn(4, H), t.randn(4, H, scale=2.0), []
    for _ in range(3):
        h, c = impl.lstm_cell(t.randn(4, D), h, c, W_ih, W_hh, b)
        seen += [h, c]
    return seen


# one block of gates after the other, shut and open
@probe(en="Gates wide open or shut", zh="门全开或全关")
def saturated(impl, t: Tools):
    seen = []
    for gate in range(4):
        for sign in (-1.0, 1.0):
            W_ih, W_hh, b = weights(t, 4 * H)
            b[gate * H : (gate + 1) * H] = sign * 20.0
            seen.append(impl.lstm_cell(t.randn(2, D), t.randn(2, H), t.randn(2, H), W_ih, W_hh, b))
    return seen


@probe(en="A sequence, from no state", zh="一个序列，不给初始状态")
def sequence(impl, t: Tools):
    return t.module(impl.LSTM, D, H)(t.randn(2, 6, D))


@probe(en="A sequence from a given state", zh="从给定状态开始的序列")
def given_state(impl, t: Tools):
    lstm = t.module(impl.LSTM, 4, 6)
    return lstm(t.randn(3, 5, 4), (t.randn(3, 6), t.randn(3, 6, scale=2.0)))


@probe(en="Two segments: the state goes on, the gradient does not", zh="两段：状态延续，梯度不延续")
def segments(impl, t: Tools):
    lstm = t.module(impl.LSTM, D, 4)
    first, state = lstm(t.randn(2, 3, D))
    second, last = lstm(t.randn(2, 2, D), state)
    return [first, second, last]


@probe(en="One step, one example, width one", zh="一步、一个样本、宽度为 1")
def small(impl, t: Tools):
    lstm = t.module(impl.LSTM, 2, 1)
    return [lstm(t.randn(1, 1, 2)), lstm(t.randn(1, 4, 2))]


@probe(en="Initial values", zh="初始值", dtypes=False, no_grad=True)
def initial_values(impl, t: Tools):
    lstm, bound = impl.LSTM(9, 25), 1 / 5
    weights = [lstm.W_ih, lstm.W_hh]
    return {
        "bias": lstm.b.detach().clone(),
        "largest within 1/√H": [weight.abs().max().item() <= bound + 1e-6 for weight in weights],
        "spread of a uniform": [abs(weight.std().item() / bound - 0.577) < 0.08 for weight in weights],
        "centred": [abs(weight.mean().item()) < 0.2 * bound for weight in weights],
    }


def weights(t: Tools, rows: int):
    """W_ih, W_hh, b."""
    return t.randn(rows, D, scale=0.6), t.randn(rows, H, scale=0.6), t.randn(rows)
