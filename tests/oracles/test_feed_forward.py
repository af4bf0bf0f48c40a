"""`FeedForward` against the layer inside torch's encoder, `SwiGLU` against LLaMA's in transformers."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import nn

MISSING = "oracle library not installed: pip install llmprep[oracles]"


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("d_model", "d_ff"), [(8, 20), (12, 5)])
def test_feed_forward_equals_the_one_in_torchs_encoder_layer(reference, seed, d_model, d_ff):
    torch.manual_seed(seed)
    encoder = nn.TransformerEncoderLayer(d_model, nhead=2, dim_feedforward=d_ff, dropout=0.0).double()
    ours = reference("feed-forward").FeedForward(d_model, d_ff).double()
    ours.W_1.load_state_dict(encoder.linear1.state_dict())
    ours.W_2.load_state_dict(encoder.linear2.state_dict())
    x = torch.randn(3, 4, d_model, dtype=torch.float64, requires_grad=True)
    expected = encoder._ff_block(x)
    torch.testing.assert_close(ours(x), expected)
    gradients = [torch.autograd.grad(out.square().sum(), x) for out in (ours(x), expected)]
    torch.testing.assert_close(*gradients)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("d_model", "multiple_of"), [(8, 16), (12, 256)])
def test_swiglu_equals_llama_in_transformers(reference, seed, d_model, multiple_of):
    pytest.importorskip("transformers", reason=MISSING)
    from transformers import LlamaConfig
    from transformers.models.llama.modeling_llama import LlamaMLP

    torch.manual_seed(seed)
    ours = reference("feed-forward").SwiGLU(d_model, multiple_of).double()
    config = LlamaConfig(hidden_size=d_model, intermediate_size=ours.W_up.out_features, num_attention_heads=2)
    theirs = LlamaMLP(config).double()
    for name in ("gate", "up", "down"):
        getattr(theirs, f"{name}_proj").load_state_dict(getattr(ours, f"W_{name}").state_dict())
    x = torch.randn(2, 5, d_model, dtype=torch.float64)
    torch.testing.assert_close(ours(x), theirs(x))


@pytest.mark.parametrize("seed", range(3))
def test_swiglu_equals_torchs_glu_with_another_gate(reference, seed):
    torch.manual_seed(seed)
    ours = reference("feed-forward").SwiGLU(6, multiple_of=5).double()
    x = torch.randn(4, 6, dtype=torch.float64)
    gate = ours.W_gate(x)
    # glu(a, b) = a ⊗ σ(b), and SiLU(gate) ⊗ up = (gate ⊗ up) ⊗ σ(gate)
    hidden = F.glu(torch.cat((gate * ours.W_up(x), gate), dim=-1))
    torch.testing.assert_close(ours(x), hidden @ ours.W_down.weight.T)


@pytest.mark.parametrize(
    ("d_model", "published"), [(4096, 11008), (5120, 13824), (6656, 17920), (8192, 22016)]
)
def test_hidden_width_is_that_of_the_llama_models(reference, d_model, published):
    with torch.device("meta"):
        layer = reference("feed-forward").SwiGLU(d_model)
    assert layer.W_gate.out_features == published
