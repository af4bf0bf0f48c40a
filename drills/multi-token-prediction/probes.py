"""Hidden tests of `MultiTokenPrediction` and `mtp_loss`.

The block mixes each position with those before it, so that a shift by one shows. Filling goes by name, so
all modules are filled alike: `chain` then makes each of them different.
"""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe

D_MODEL, VOCABULARY = 6, 11


@probe(en="One module: new hidden states and logits", zh="一个模块：新的 hidden state 与 logits")
def one_module(impl, t: Tools):
    module = t.module(impl.MultiTokenPrediction, *parts())
    return module(t.randn(2, 5, D_MODEL), t.randint(0, VOCABULARY, 2, 5))


@probe(
    en="Embedding, block and head are the given ones",
    zh="embedding、block、head 就是传入的对象",
    no_grad=True,
    dtypes=False,
)
def shared_parts(impl, t: Tools):
    d_model, embedding, block, head = parts()
    module = t.module(impl.MultiTokenPrediction, d_model, embedding=embedding, block=block, head=head)
    return [module.embedding is embedding, module.block is block, module.head is head]


@probe(en="Tiny hidden states and embeddings, where eps counts", zh="hidden 与 embedding 极小：eps 起作用")
def tiny_inputs(impl, t: Tools):
    module = t.module(impl.MultiTokenPrediction, *parts())
    module.embedding.weight.data.mul_(2e-3)
    return module(t.randn(2, 4, D_MODEL, scale=1e-3), t.randint(0, VOCABULARY, 2, 4))


@probe(en="Loss of one depth", zh="一层深度的损失")
def loss_of_one_depth(impl, t: Tools):
    ids = t.randint(0, VOCABULARY, 3, 7)
    return impl.mtp_loss(chain(impl, t, 1), t.randn(3, 7, D_MODEL), ids, 0.3)


@probe(en="Loss of three depths, each fed by the one before", zh="三层深度的损失，逐层传递")
def loss_of_three_depths(impl, t: Tools):
    ids = t.randint(0, VOCABULARY, 2, 8)
    return impl.mtp_loss(chain(impl, t, 3), t.randn(2, 8, D_MODEL), ids, weight=0.7)


@probe(en="The shortest sequence: one target at the last depth", zh="最短的序列：最后一层只剩一个目标")
def shortest(impl, t: Tools):
    ids = t.randint(0, VOCABULARY, 2, 4)
    return impl.mtp_loss(chain(impl, t, 2), t.randn(2, 4, D_MODEL), ids, 1.0)


# not in bfloat16: logits in the hundreds are rounded to whole numbers there
@probe(en="Logits in the hundreds", zh="logits 达到几百", dtypes=False)
def large_logits(impl, t: Tools):
    modules = chain(impl, t, 2)
    modules[0].head.weight.data.mul_(150)
    return impl.mtp_loss(modules, t.randn(2, 6, D_MODEL), t.randint(0, VOCABULARY, 2, 6), 0.1)


class Block(nn.Module):
    """Causal: adds a transformed mean of the positions so far."""

    def __init__(self):
        super().__init__()
        self.mix = nn.Linear(D_MODEL, D_MODEL, bias=False)

    def forward(self, x):
        count = torch.arange(1, x.size(1) + 1, dtype=x.dtype).unsqueeze(-1)
        return x + self.mix(x.cumsum(1) / count)


def parts():
    embedding, head = nn.Embedding(VOCABULARY, D_MODEL), nn.Linear(D_MODEL, VOCABULARY, bias=False)
    return D_MODEL, embedding, Block(), head


def chain(impl, t, depths):
    """Modules of unlike weights that share embedding and head."""
    _, embedding, _, head = parts()
    modules = [t.module(impl.MultiTokenPrediction, D_MODEL, embedding, Block(), head) for _ in range(depths)]
    for number, module in enumerate(modules):
        module.projection.weight.data.mul_(1.0 - 0.7 * number)
    return modules
