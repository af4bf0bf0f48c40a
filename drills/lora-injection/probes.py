"""Hidden tests of `inject_lora`: one toy model with every kind of name that a careless match gets wrong.

After an injection the new parameters are filled here, by name, so that outputs and gradients can be compared.
"""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.q_proj = nn.Linear(6, 5, bias=False)
        self.k_proj = nn.Linear(6, 5)
        self.proj = nn.Linear(5, 6)

    def forward(self, x):
        return self.proj(self.q_proj(x) * self.k_proj(x))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(6)
        self.attn = Attention()
        self.mlp = nn.Sequential(nn.Linear(6, 7), nn.Tanh(), nn.Linear(7, 6))

    def forward(self, x):
        x = x + self.attn(self.norm(x))
        return x + self.mlp(x)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.proj = nn.Linear(4, 6)
        self.layers = nn.ModuleList([Block(), Block()])
        self.out_proj = nn.Linear(6, 3)
        self.proj_out = nn.Linear(3, 4)

    def forward(self, x):
        x = self.proj(x)
        for layer in self.layers:
            x = layer(x)
        return self.proj_out(self.out_proj(x))


@probe(en="Two kinds of layers wrapped in every block", zh="每个 block 里包住两种层")
def values(impl, t: Tools):
    model = toy(t)
    names = impl.inject_lora(model, ("q_proj", "k_proj"), 2, 7)
    return [names, table(model), run(model, t)]


@probe(en="Just wrapped, the model gives what it gave", zh="刚注入时输出与原来相同", no_grad=True)
def fresh(impl, t: Tools):
    model, x = toy(t), t.randn(3, 4)
    attention = model.layers[1].attn.proj
    impl.inject_lora(model, ("attn.proj", "q_proj"), rank=3, alpha=5)
    first, last = (model.layers[i].attn.q_proj for i in (0, 1))
    parts = [(layer.B.abs().max(), layer.A.unique().numel()) for layer in (first, last)]
    kept = model.layers[1].attn.proj.base is attention
    return [model(x).detach(), parts, kept]


@probe(
    en="Only whole names match: proj is neither q_proj nor proj_out",
    zh="只按整段名字匹配：proj 不是 q_proj，也不是 proj_out",
)
def whole_names(impl, t: Tools):
    seen = []
    for targets in (("proj",), ("attn.proj", "out_proj"), ("layers.1.attn.proj", "1.attn.q_proj")):
        model = toy(t)
        seen.append([impl.inject_lora(model, targets, 1, 3), table(model), run(model, t)])
    return seen


@probe(en="Excluded modules", zh="exclude 排除的模块", no_grad=True)
def excluded(impl, t: Tools):
    seen = []
    for exclude in (("layers.0.attn.proj",), ("attn.proj", "q_proj"), ("attn", "layers.1")):
        model = toy(t)
        names = impl.inject_lora(model, ("proj", "q_proj", "0"), 2, 3, exclude=exclude)
        seen.append([names, table(model)])
    return seen


@probe(en="Layers in nn.Sequential, and names of containers", zh="nn.Sequential 里的层，以及容器的名字")
def containers(impl, t: Tools):
    model = toy(t)
    names = impl.inject_lora(model, ("mlp.2", "mlp", "attn", "norm", "1"), 3, 2)
    return [names, table(model), run(model, t)]


@probe(en="Called again with other and with the same targets", zh="换一组目标再次调用，以及目标重复")
def again(impl, t: Tools):
    model = toy(t)
    names = [impl.inject_lora(model, ("q_proj",), 2, 3)]
    run(model, t)
    names.append(impl.inject_lora(model, ("base", "q_proj", "out_proj"), 3, 7))
    again = t.raises(lambda: impl.inject_lora(model, ("base", "q_proj"), 2, 3))
    return [names, again, table(model), run(model, t)]


@probe(
    en="Nothing to wrap: ValueError, and the model stays as it was",
    zh="没有可包的层：抛 ValueError，模型不变",
    no_grad=True,
)
def nothing(impl, t: Tools):
    seen = []
    for targets, exclude in ((("value",), ()), (("norm", "attn"), ()), (("k_proj",), ("k_proj",))):
        model = toy(t)
        raised = t.raises(lambda m=model, a=targets, b=exclude: impl.inject_lora(m, a, 2, 4, b))
        seen.append([raised, table(model)])
    return seen


@probe(
    en="A and B have dtype and device of the weight",
    zh="A、B 的 dtype 和 device 与权重相同",
    no_grad=True,
    dtypes=False,
)
def like_the_weight(impl, t: Tools):
    seen = []
    for kind in ({"dtype": torch.bfloat16}, {"dtype": torch.float64, "device": "meta"}):
        model = nn.Sequential(nn.Linear(4, 3, **kind), nn.Linear(3, 4))
        impl.inject_lora(model, ("0",), 2, 4)
        seen.append([(str(p.dtype), p.device.type) for _, p in sorted(model.named_parameters())])
    return seen


@probe(
    en="LoRALinear by itself, on inputs of any dimensions",
    zh="单独使用 LoRALinear，输入维数任意",
)
def layer_alone(impl, t: Tools):
    layer = t.module(impl.LoRALinear, nn.Linear(5, 4).requires_grad_(False), 3, 7)
    bare = t.module(impl.LoRALinear, nn.Linear(4, 5, bias=False).requires_grad_(False), rank=2, alpha=0.5)
    return [layer(t.randn(5)), layer(t.randn(*t.lead, 5)), bare(t.randn(3, 4))]


def toy(t: Tools) -> Model:
    """The model with weights that depend on the seed only."""
    model = Model()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(t.randn(*parameter.shape, scale=0.7))
    return model


def table(model: nn.Module) -> list:
    """Names, shapes and what an optimiser would change."""
    return sorted((name, list(p.shape), p.requires_grad) for name, p in model.named_parameters())


def run(model: nn.Module, t: Tools):
    """Fill every A and B, then call the model."""
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            if name.endswith((".A", ".B")):
                parameter.copy_(t.randn(*parameter.shape, scale=0.5))
    return model(t.randn(3, 4))
