"""Hidden tests of `SoftPrompt`: B, T, P, d and the vocabulary all differ."""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


@probe(en="Ids alone", zh="只给 ids")
def ids_alone(impl, t: Tools):
    layer = t.module(impl.SoftPrompt, nn.Embedding(13, 6), 4)
    return layer(t.randint(0, 13, 3, 5))


@probe(en="With mask and labels, padding on the left and right", zh="带 mask 和 labels，左右都有 padding")
def with_mask_and_labels(impl, t: Tools):
    layer, ids = t.module(impl.SoftPrompt, nn.Embedding(13, 6), length=2), t.randint(0, 13, 3, 5)
    mask = torch.tensor([[0, 0, 1, 1, 1], [1, 1, 1, 1, 0], [1, 1, 1, 1, 1]])
    labels = ids.masked_fill(mask == 0, -100)
    full = layer(ids, mask, labels)
    return [
        full,
        layer(ids, mask.bool()),
        layer(ids, labels=labels),
        layer(ids[:1, :1], mask=mask[:1, :1].to(torch.uint8)),
    ]


@probe(
    en="Begun with given tokens: cut, repeated, exact",
    zh="用给定 token 初始化：截断、重复、正好",
    no_grad=True,
)
def given_tokens(impl, t: Tools):
    seen = []
    for given, length in ((3, 7), (5, 2), (4, 4), (1, 3)):
        table, ids = embedding(t, 13, 6), t.randint(0, 13, given)
        layer = impl.SoftPrompt(table, length, init_ids=ids)
        seen.append(
            [layer.prompt.detach(), layer.embedding is table, layer(t.randint(0, 13, 2, 3))[0].detach()]
        )
    return seen


@probe(en="Begun with random tokens", zh="用随机 token 初始化", no_grad=True)
def random_tokens(impl, t: Tools):
    table = embedding(t, 97, 5)
    layer = impl.SoftPrompt(table, 40)
    distances = (layer.prompt.detach().unsqueeze(1) - table.weight.detach()).abs().amax(-1)  # (40, 97)
    chosen = distances.argmin(-1)
    spread = bool(chosen.unique().numel() > 15) and bool(chosen.max() > 60) and bool(chosen.min() < 36)
    in_order = bool((chosen.diff() == 1).all())
    return [bool((distances.amin(-1) == 0).all()), spread, in_order]


@probe(
    en="The table is frozen, and training the prompt leaves it alone",
    zh="词表冻结，训练 prompt 不改动它",
    no_grad=True,
)
def table_untouched(impl, t: Tools):
    seen = []
    for init in (None, t.randint(0, 9, 3)):
        table = embedding(t, 9, 4)
        before = table.weight.detach().clone()
        layer = impl.SoftPrompt(table, 3, init)
        trainable = sorted(name for name, p in layer.named_parameters() if p.requires_grad)
        with torch.no_grad():
            layer.prompt.copy_(t.randn(3, 4))
        seen.append(
            [trainable, layer.embedding.weight.detach() - before, layer(t.randint(0, 9, 2, 5))[0].detach()]
        )
    return seen


@probe(
    en="The prompt has the dtype of the table", zh="prompt 的 dtype 与词表相同", no_grad=True, dtypes=False
)
def like_the_table(impl, t: Tools):
    seen = []
    for dtype in (torch.bfloat16, torch.float64):
        for init in (None, t.randint(0, 9, 2)):
            layer = impl.SoftPrompt(embedding(t, 9, 4).to(dtype), 3, init)
            seen.append([str(layer.prompt.dtype), str(layer(t.randint(0, 9, 2, 5))[0].dtype)])
    return seen


def embedding(t: Tools, tokens: int, d: int) -> nn.Embedding:
    """A table whose values depend on the seed only."""
    table = nn.Embedding(tokens, d)
    with torch.no_grad():
        table.weight.copy_(t.randn(tokens, d))
    return table
