"""Hidden tests of the attention map: T, d and d_k all differ, and M is never symmetric."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Map from two matrices, any leading dimensions", zh="由两个矩阵得到的图，任意前置维度")
def two_matrices(impl, t: Tools):
    W_q, W_k = weights(t, 9, 4)
    return [
        impl.attention_map(t.randn(5, 9), W_q, W_k),
        impl.attention_map(t.randn(*t.lead, 3, 9), W_q, W_k),
    ]


@probe(en="Merged matrix", zh="合并后的矩阵")
def merged_matrix(impl, t: Tools):
    return [impl.merge(*weights(t, 9, 4)), impl.merge(*weights(t, 5, 1)), impl.merge(*weights(t, 3, 7))]


@probe(en="Map from the merged matrix", zh="由合并矩阵得到的图")
def one_matrix(impl, t: Tools):
    M = t.randn(9, 9, scale=0.4)
    return [
        impl.merged_attention_map(t.randn(5, 9), M, 4),
        impl.merged_attention_map(t.randn(*t.lead, 3, 9), M, d_k=2),
    ]


# d_k above d: then M is the smaller of the two forms
@probe(
    en="One token, a head of width 1, a head wider than d",
    zh="单个 token、宽度为 1 的 head、比 d 还宽的 head",
)
def extremes(impl, t: Tools):
    return [
        impl.attention_map(t.randn(2, 1, 6), *weights(t, 6, 3)),
        impl.attention_map(t.randn(4, 6), *weights(t, 6, 1)),
        impl.attention_map(t.randn(5, 3), *weights(t, 3, 7)),
    ]


# not in bfloat16: rounding of scores in the hundreds moves whole weights, in right answers too
@probe(en="Large inputs stay finite", zh="输入很大时不溢出", dtypes=False)
def large_inputs(impl, t: Tools):
    W_q, W_k = weights(t, 6, 3)
    x = t.randn(4, 6, scale=25.0)
    return [impl.attention_map(x, W_q, W_k), impl.merged_attention_map(x, W_q @ W_k.T, 3)]


# the factors may be chosen in many ways, and so may their gradients; bfloat16 has no decomposition
@probe(en="A merged matrix, split again", zh="合并之后再拆开", no_grad=True, dtypes=False)
def split_of_merged(impl, t: Tools):
    W_q, W_k = weights(t, 8, 3)
    return product(impl.split(W_q @ W_k.T, 3))


@probe(
    en="Split of a matrix of full rank: what is lost",
    zh="拆一个满秩矩阵：丢了什么",
    no_grad=True,
    dtypes=False,
)
def split_of_full_rank(impl, t: Tools):
    # the singular values lie well apart, so that there is one closest matrix of each rank
    left, right = orthogonal(t, 7), orthogonal(t, 7)
    M = (left * torch.tensor([3.0, 2.0, 1.0, 0.3, 0.2, 0.1, 0.05])) @ right.T
    return [product(impl.split(M, rank)) for rank in (1, 2, 3)]


@probe(en="Split with nothing to lose: d_k = d", zh="d_k = d，没有损失", no_grad=True, dtypes=False)
def split_without_loss(impl, t: Tools):
    return product(impl.split(t.randn(5, 5), d_k=5))


@probe(en="Parameters, multiplications and cache", zh="参数量、乘法次数与 cache", no_grad=True, dtypes=False)
def counted(impl, t: Tools):
    sizes = [(512, 64, 8), (512, 64, 1), (768, 32, 24), (1000, 70, 9), (4096, 128, 32)]
    return [dict(impl.costs(*size)) for size in sizes] + [dict(impl.costs(d=30, d_k=4, num_heads=5))]


@probe(en="No d × d matrix in the first map", zh="第一张图不生成 d × d 的矩阵", no_grad=True, dtypes=False)
def cost_of_two(impl, t: Tools):
    x, (W_q, W_k) = t.randn(5, 64), weights(t, 64, 3)
    return t.cost(lambda: impl.attention_map(x, W_q, W_k), largest=100.0, flops=3.0)


def weights(t: Tools, d, d_k):
    return t.randn(d, d_k, scale=d**-0.5), t.randn(d, d_k, scale=d**-0.5)


def product(pair):
    """What does not depend on how M was split: W_q·W_kᵀ, and the shapes."""
    W_q, W_k = pair
    return {"shapes": [list(W_q.shape), list(W_k.shape)], "product": W_q @ W_k.T}


def orthogonal(t: Tools, n):
    return torch.linalg.qr(t.randn(n, n)).Q
