"""Hidden tests of `multi_head_attention` in NumPy: all sizes differ, except where a comment says so.

Arrays are no tensors, so the judge's own variations do not reach them: other dtypes, layouts and untouched
inputs are probes of their own here.
"""

import warnings

import numpy as np
import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Random input", zh="随机输入")
def values(impl, t: Tools):
    return seen(impl.multi_head_attention(*arrays(t, 2, 5, 10, 3, 4, 6, 7), 3))


@probe(en="Causal", zh="因果")
def causal(impl, t: Tools):
    inputs = arrays(t, 2, 5, 10, 3, 4, 6, 7)
    return [
        seen(impl.multi_head_attention(*inputs, num_heads=3, causal=True)),
        seen(impl.multi_head_attention(*inputs, num_heads=3, causal=False)),
    ]


# d_model = H·d_k = H·d_v = d_out: a weight on the wrong side gives numbers, not an error
@probe(en="Square weights, as in the paper", zh="方阵权重，与论文一致")
def square_weights(impl, t: Tools):
    return seen(impl.multi_head_attention(*arrays(t, 3, 4, 12, 2, 6, 6, 12), 2, True))


# batch = length = heads = d_k = d_v: any axes that are mixed up still fit
@probe(en="All axes of one size", zh="所有维度大小相同")
def equal_axes(impl, t: Tools):
    return seen(impl.multi_head_attention(*arrays(t, 3, 3, 9, 3, 3, 3, 9), 3))


@probe(en="One head, heads of width 1, one token", zh="单 head、宽度为 1 的 head、单个 token")
def extremes(impl, t: Tools):
    return [
        seen(impl.multi_head_attention(*arrays(t, 2, 4, 6, 1, 5, 3, 7), 1)),
        seen(impl.multi_head_attention(*arrays(t, 2, 4, 6, 5, 1, 1, 7), 5, True)),
        seen(impl.multi_head_attention(*arrays(t, 1, 1, 6, 2, 3, 4, 5), 2, True)),
    ]


@probe(en="Scores of ±50,000, very negative ones throughout", zh="分数达到 ±50000，包括整行都极小")
def large_scores(impl, t: Tools):
    *_, W_v, W_o = arrays(t, 2, 4, 6, 2, 4, 5, 3)
    # whole numbers and d_k = 4: every order of computing gives the same scores, to the last digit
    x, W_q, W_k = whole(t, 1, 4, 2, 4, 6), whole(t, 30, 60, 6, 8), whole(t, 1, 4, 6, 8)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        large = [seen(impl.multi_head_attention(x, sign * W_q, W_k, W_v, W_o, 2, True)) for sign in (1, -1)]
    messages = {str(warning.message) for warning in caught}
    # of matrix products some platforms' libraries complain for no reason
    return [large, "; ".join(sorted(message for message in messages if "matmul" not in message))]


@probe(en="float32 and float64 keep their dtype", zh="float32、float64 的结果保持原 dtype")
def other_dtypes(impl, t: Tools):
    inputs = arrays(t, 2, 5, 10, 3, 4, 6, 7)
    wide = [array.astype(np.float64) for array in inputs]
    return [
        seen(impl.multi_head_attention(*group, 3, masked))
        for group in (inputs, wide)
        for masked in (False, True)
    ]


@probe(en="Inputs that are not contiguous", zh="内存不连续的输入")
def other_layout(impl, t: Tools):
    scattered = [np.asfortranarray(array) for array in arrays(t, 2, 5, 10, 3, 4, 6, 7)]
    scattered[0] = np.repeat(scattered[0], 2, axis=1)[:, ::2]
    return seen(impl.multi_head_attention(*scattered, 3, True))


@probe(en="Inputs stay untouched", zh="不改动输入")
def untouched(impl, t: Tools):
    inputs = arrays(t, 2, 5, 10, 3, 4, 6, 7)
    outputs = [seen(impl.multi_head_attention(*inputs, 3, True)) for _ in range(2)]
    # as bits: to the last digit, not within a tolerance
    return [outputs, [torch.from_numpy(array.view(np.int32)) for array in inputs]]


def arrays(t: Tools, batch, length, width, heads, d_k, d_v, d_out):
    """x, W_q, W_k, W_v, W_o as float32 arrays."""
    shapes = [(width, heads * d_k), (width, heads * d_k), (width, heads * d_v), (heads * d_v, d_out)]
    weights = [t.randn(*shape, scale=shape[0] ** -0.5) for shape in shapes]
    return [t.randn(batch, length, width).numpy(), *(weight.numpy() for weight in weights)]


def whole(t: Tools, low, high, *shape):
    return t.randint(low, high, *shape).float().numpy()


def seen(result):
    """The type and the numbers of what came back."""
    numbers = torch.from_numpy(np.array(result)) if isinstance(result, np.ndarray) else result
    return {"type": type(result).__name__, "values": numbers}
