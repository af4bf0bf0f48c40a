"""Hidden tests of bucketed averaging: the gradients afterwards, and what was all-reduced, call by call.

Parameters of different sizes tell the order of the buckets; equal ones, whether pieces go back where they
came from.
"""

import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode

from llmprep.judge.probes import Tools, probe


class Collectives(TorchDispatchMode):
    """Which communication ran, and with how many elements."""

    def __init__(self):
        super().__init__()
        self.calls = []

    @classmethod
    def _should_skip_dynamo(cls):
        return False  # True imports torch._dynamo

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        if func.namespace == "c10d":
            tensors = args[0] if isinstance(args[0], list) else [args[0]]
            self.calls.append([func.name(), sum(tensor.numel() for tensor in tensors)])
        return func(*args, **(kwargs or {}))


def averaged(impl, t: Tools, world, shapes, bucket_bytes, unused=(), frozen=()):
    """Parameters, gradients and collectives of each rank; `unused` are (rank, parameter)."""
    values = [t.randn(world, *shape) for shape in shapes]  # not equal: averaging them would show
    gradients = [t.randn(world, *shape) for shape in shapes]

    def step(rank, world):
        parameters = [nn.Parameter(value[rank].clone(), i not in frozen) for i, value in enumerate(values)]
        for i, parameter in enumerate(parameters):
            if i not in frozen and (rank, i) not in unused:
                parameter.grad = gradients[i][rank].clone()
        with Collectives() as collectives:
            impl.average_gradients(parameters, bucket_bytes)
        return [parameters, [parameter.grad for parameter in parameters], collectives.calls]

    return t.ranks(world, step)


@probe(
    en="Two ranks, everything in one bucket",
    zh="两个 rank，一个桶装下全部",
    mutates="parameters",
    dtypes=False,
    no_grad=True,
)
def one_bucket(impl, t: Tools):
    return averaged(impl, t, 2, [(4, 3), (5,), (2, 3)], 1000)


@probe(
    en="Three ranks, several buckets",
    zh="三个 rank，多个桶",
    mutates="parameters",
    dtypes=False,
    no_grad=True,
)
def several(impl, t: Tools):
    # from the last: 4 + 6 = 10 elements fill 40 bytes exactly; 12 alone is more; then 7 + 3, 40 again, and 13
    return averaged(impl, t, 3, [(13,), (3, 1), (7,), (3, 4), (2, 3), (4,)], 40)


@probe(en="Parameters of equal size", zh="参数大小相同", mutates="parameters", dtypes=False, no_grad=True)
def equal_sizes(impl, t: Tools):
    return averaged(impl, t, 2, [(2, 2)] * 5, 47)


@probe(
    en="A parameter that one rank did not use, and a frozen one",
    zh="某个 rank 没用到的参数，以及冻结的参数",
    mutates="parameters",
    dtypes=False,
    no_grad=True,
)
def unused_and_frozen(impl, t: Tools):
    unused = {(0, 0), (2, 0), (1, 3)}
    mixed = averaged(impl, t, 3, [(3,), (4,), (2, 3), (5,)], 18, unused, frozen={1})
    return [mixed, averaged(impl, t, 3, [(2,), (3,)], 18, frozen={0, 1})]
