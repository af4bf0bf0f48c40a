"""Hidden tests of `linear_forward` and `linear_backward`: no two dimensions agree."""

from llmprep.judge.probes import Tools, probe


@probe(en="Forward, with and without bias", zh="前向，有 bias 和没有 bias")
def forward(impl, t: Tools):
    weight, bias = t.randn(7, 5), t.randn(7)
    return [
        impl.linear_forward(t.randn(4, 5), weight, bias),
        impl.linear_forward(t.randn(2, 3, 5), weight, bias),
        impl.linear_forward(t.randn(2, 3, 5), weight),
        impl.linear_forward(t.randn(5), weight, bias=bias),
    ]


@probe(en="Backward of a matrix", zh="输入是矩阵时的反向", no_grad=True)
def backward(impl, t: Tools):
    return impl.linear_backward(t.randn(4, 7), t.randn(4, 5), t.randn(7, 5))


@probe(en="Backward with several leading dimensions", zh="前面有多维时的反向", no_grad=True)
def leading_dimensions(impl, t: Tools):
    return [
        impl.linear_backward(t.randn(3, 4, 7), t.randn(3, 4, 5), t.randn(7, 5)),
        impl.linear_backward(t.randn(*t.lead, 4, 6), t.randn(*t.lead, 4, 5), t.randn(6, 5)),
    ]


@probe(en="Backward of one vector, and of none", zh="只有一个向量，以及一个都没有时的反向", no_grad=True)
def one_and_none(impl, t: Tools):
    weight = t.randn(7, 5)
    return [
        impl.linear_backward(t.randn(7), t.randn(5), weight),
        impl.linear_backward(t.randn(1, 7), t.randn(1, 5), weight),
        impl.linear_backward(t.randn(0, 7), t.randn(0, 5), weight),
    ]
