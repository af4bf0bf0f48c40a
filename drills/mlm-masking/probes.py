"""Hidden tests of `mask_tokens`: laws of the outcomes of one large call, and what holds whatever was drawn.

Where the probability is 0 or 1 the labels are certain and are compared as they are.
"""

from collections.abc import Iterable

import torch

from llmprep.judge.probes import Tools, probe

ORDINARY, MASK_ID, VOCAB_SIZE = 3, 1, 5


@probe(
    en="Shares of [MASK], random and kept, and of each random id",
    zh="[MASK]、随机、不变各占多少，随机 id 是否均匀",
    random=True,
)
def shares(impl, t: Tools):
    ids = torch.full((60, 100), ORDINARY)
    special = torch.zeros(60, 100, dtype=torch.bool)
    inputs, labels = impl.mask_tokens(ids, special, MASK_ID, VOCAB_SIZE, 0.9, fresh(t))
    seen = torch.where(labels == ORDINARY, inputs, -1)
    return law(t, seen.flatten().tolist())


@probe(
    en="How many tokens of a sequence are selected, by default",
    zh="默认概率下每条序列选中多少个 token",
    random=True,
)
def selected_in_a_row(impl, t: Tools):
    ids = t.randint(0, 90, 300, 20)
    special = torch.arange(20).remainder(4).eq(0).expand(300, 20)  # 5 of 20: no part of the 15 percent
    _, labels = impl.mask_tokens(ids, special, 7, 90, generator=fresh(t))
    selected = labels != -100
    return [law(t, selected.sum(1).tolist()), law(t, selected.flatten().tolist())]


@probe(
    en="Neighbours in a sequence and in the batch are treated independently",
    zh="同一序列、同一 batch 里的相邻 token 各自独立",
    random=True,
)
def neighbours(impl, t: Tools):
    ids = torch.full((50, 70), ORDINARY)
    special = torch.zeros(50, 70, dtype=torch.bool)
    inputs, labels = impl.mask_tokens(ids, special, MASK_ID, VOCAB_SIZE, 0.6, fresh(t))
    kind = torch.where(inputs == MASK_ID, 1, torch.where(inputs == ORDINARY, 2, 3))
    seen = torch.where(labels == ORDINARY, kind, 0)  # not selected, masked, kept, random
    in_batch = 4 * seen[0::2] + seen[1::2]
    in_sequence = 4 * seen[:, 0::2] + seen[:, 1::2]
    return [law(t, in_batch.flatten().tolist()), law(t, in_sequence.flatten().tolist())]


@probe(
    en="Labels, untouched tokens, special tokens and the vocabulary",
    zh="标签、未选中的 token、special token 与词表范围",
)
def what_always_holds(impl, t: Tools):
    ids, special = t.randint(0, 40, 8, 60), t.mask(8, 60, keep=0.3)
    inputs, labels = impl.mask_tokens(ids, special, 7, 40, 0.6, fresh(t))
    selected = labels != -100
    return {
        "dtypes": [inputs.dtype, labels.dtype],
        "labels that are not the original": int((labels != ids)[selected].sum()),
        "changed though not selected": int((inputs != ids)[~selected].sum()),
        "special selected": int((selected & special).sum()),
        "outside the vocabulary": int(((inputs < 0) | (inputs >= 40)).sum()),
    }


@probe(en="Probability 0 and 1, and nothing but special tokens", zh="概率为 0、为 1，以及全是 special token")
def certain(impl, t: Tools):
    ids, special = t.randint(0, 40, 5, 7), t.mask(5, 7, keep=0.4)
    nothing = impl.mask_tokens(ids, special, 3, 40, 0.0, fresh(t))
    everything = impl.mask_tokens(ids, special, 3, 40, probability=1.0, generator=fresh(t))
    only_special = impl.mask_tokens(ids, torch.ones_like(special), 3, 40, 1.0, fresh(t))
    return [nothing, everything[1], only_special]


@probe(en="One axis, and three", zh="一维与三维输入")
def other_shapes(impl, t: Tools):
    line, block = t.randint(0, 9, 11), t.randint(0, 9, 2, 3, 4)
    return [
        impl.mask_tokens(ids, torch.zeros_like(ids, dtype=torch.bool), 1, 9, 1.0, fresh(t))[1]
        for ids in (line, block)
    ]


@probe(en="The generator decides the result, and moves on", zh="结果由 generator 决定，并且它会往前走")
def own_generator(impl, t: Tools):
    ids, special = t.randint(0, 60, 20, 40), t.mask(20, 40, keep=0.1)
    seed = t.integer(0, 10_000)
    generator = torch.Generator().manual_seed(seed)
    first, second = (impl.mask_tokens(ids, special, 7, 60, 0.9, generator) for _ in range(2))
    again = impl.mask_tokens(ids, special, 7, 60, 0.9, torch.Generator().manual_seed(seed))
    return differences(first, again, second)


@probe(en="Without a generator, torch's default one", zh="不给 generator 时用 torch 的默认 generator")
def default_generator(impl, t: Tools):
    ids, special = t.randint(0, 60, 20, 40), t.mask(20, 40, keep=0.1)
    torch.default_generator.manual_seed(11)
    first, second = (impl.mask_tokens(ids, special, 7, 60, 0.9) for _ in range(2))
    torch.default_generator.manual_seed(11)
    again = impl.mask_tokens(ids, special, 7, 60, 0.9)
    return differences(first, again, second)


def fresh(t: Tools) -> torch.Generator:
    return torch.Generator().manual_seed(t.integer(0, 1_000_000))


def law(t: Tools, outcomes: Iterable[object]):
    """The law of outcomes that one large call gave."""
    outcomes = list(outcomes)
    following = iter(outcomes)
    return t.law(lambda: next(following), len(outcomes))


def differences(first, again, second):
    """How often a repetition from the same state differs, and whether the next draw does."""
    repeated = [int((one != other).sum()) for one, other in zip(first, again, strict=True)]
    return [repeated, [bool((one != other).any()) for one, other in zip(first, second, strict=True)]]
