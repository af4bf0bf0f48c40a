"""Hidden tests of IA³: d_in ≠ d_out everywhere, with and without bias."""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


@probe(en="The output scaled, bias included", zh="缩放输出，包括 bias")
def output_scaled(impl, t: Tools):
    return t.module(impl.IA3Linear, nn.Linear(5, 7))(t.randn(2, 4, 5))


@probe(en="The input scaled (MLP)", zh="缩放输入（MLP）")
def input_scaled(impl, t: Tools):
    layer = t.module(impl.IA3Linear, nn.Linear(5, 7), feed_forward=True)
    return [layer(t.randn(2, 4, 5)), layer.eval()(t.randn(5))]


@probe(en="Without bias", zh="没有 bias")
def without_bias(impl, t: Tools):
    rows = t.module(impl.IA3Linear, nn.Linear(4, 6, bias=False))
    columns = t.module(impl.IA3Linear, nn.Linear(4, 6, bias=False), feed_forward=True)
    x = t.randn(*t.lead, 4)
    return [rows(x), columns(x)]


@probe(
    en="Fresh: ones, like the weight, around the very layer given",
    zh="初始：全 1，随权重，包的就是传入的层",
    no_grad=True,
    dtypes=False,
)
def fresh(impl, t: Tools):
    seen = []
    for kind in ({}, {"dtype": torch.bfloat16}, {"dtype": torch.float64, "device": "meta"}):
        for feed_forward in (False, True):
            base = nn.Linear(5, 3, **kind)
            layer = impl.IA3Linear(base, feed_forward)
            scale = layer.scale.detach()
            seen.append([layer.base is base, str(scale.dtype), scale.device.type, scale.requires_grad])
            seen.append(scale if scale.device.type == "cpu" else list(scale.shape))
    return seen


@probe(en="Merged into a plain layer", zh="合并成普通的层", no_grad=True)
def merged(impl, t: Tools):
    seen = []
    for bias in (True, False):
        for feed_forward in (False, True):
            layer = t.module(impl.IA3Linear, nn.Linear(5, 7, bias=bias), feed_forward)
            before = layer.base.weight.clone()
            plain = layer.merged()
            own = plain is not layer.base and plain.weight.data_ptr() != layer.base.weight.data_ptr()
            seen.append([type(plain).__name__, plain.weight.detach(), own, layer(t.randn(2, 5)).detach()])
            seen.append([None if plain.bias is None else plain.bias.detach(), layer.base.weight - before])
    return seen


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.k_proj = nn.Linear(6, 5)
        self.v_proj = nn.Linear(6, 5, bias=False)
        self.qk_proj = nn.Linear(5, 6)

    def forward(self, x):
        return self.qk_proj(torch.tanh(self.k_proj(x)) * self.v_proj(x))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.k_proj = nn.Linear(4, 6)
        self.layers = nn.ModuleList([Attention(), Attention()])
        self.norm = nn.LayerNorm(6)
        self.mlp = nn.ModuleDict({"up": nn.Linear(6, 8), "down": nn.Linear(8, 3)})
        self.v_proj_out = nn.ModuleList([nn.Linear(3, 3)])

    def forward(self, x):
        x = self.k_proj(x)
        for layer in self.layers:
            x = x + layer(x)
        return self.v_proj_out[0](self.mlp["down"](self.mlp["up"](self.norm(x)).relu()))


@probe(en="Keys, values and MLP of a model", zh="模型里的 key、value 和 MLP", no_grad=True)
def whole_model(impl, t: Tools):
    seen = []
    for scaled, feed_forward in (
        (("k_proj", "v_proj"), ("down",)),
        (("v_proj", "layers", "v_proj_out"), ()),
        ((), ("up", "norm", "proj")),
        (("0",), ("mlp.down", "k_proj")),
    ):
        model, x = toy(t), t.randn(3, 4)
        count = impl.add_ia3(model, scaled, feed_forward)
        fresh = model(x).detach()
        with torch.no_grad():
            for name, parameter in sorted(model.named_parameters()):
                if name.endswith("scale"):
                    parameter.copy_(t.randn(*parameter.shape))
        seen.append([count, table(model), fresh, model(x).detach()])
    return seen


@probe(
    en="No layer of that name: ValueError, and the model as it was",
    zh="没有这样的层：抛 ValueError，模型不变",
    no_grad=True,
)
def nothing(impl, t: Tools):
    seen = []
    for scaled, feed_forward in ((("q_proj",), ("w2",)), (("norm", "layers"), ()), ((), ())):
        model = toy(t)
        raised = t.raises(lambda m=model, a=scaled, b=feed_forward: impl.add_ia3(m, a, b))
        seen.append([raised, table(model)])
    return seen


def toy(t: Tools) -> Model:
    model = Model()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(t.randn(*parameter.shape, scale=0.7))
    return model


def table(model: nn.Module) -> list:
    """Names, shapes and what an optimiser would change."""
    return sorted((name, list(p.shape), p.requires_grad) for name, p in model.named_parameters())
