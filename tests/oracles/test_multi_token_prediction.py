"""`mtp_loss` against the definition of DeepSeek-V3, written out position by position."""

from __future__ import annotations

import pytest
import torch
from torch import nn

D_MODEL, VOCABULARY = 6, 13


class Block(nn.Module):
    """A causal block: attention of one head without projections, and a residual."""

    def forward(self, x):
        future = torch.ones(x.size(1), x.size(1), dtype=torch.bool).triu(1)
        weights = (x @ x.mT).masked_fill(future, float("-inf")).softmax(dim=-1)
        return x + weights @ x


def rms_norm(x, weight):
    return x / (x.square().mean() + 1e-6).sqrt() * weight


def written_out(modules, hidden, ids, weight):
    """Sequence by sequence, depth by depth, position by position; 1-based as in the paper."""
    length, depths = ids.size(1), len(modules)
    terms = torch.zeros(depths, dtype=torch.float64)
    for h, t in zip(hidden, ids, strict=True):
        states = {i: h[i - 1] for i in range(1, length + 1)}
        for k, module in enumerate(modules, start=1):
            joined = []
            for i in range(1, length - k + 1):
                embedded = module.embedding.weight[t[i + k - 1]]
                left = rms_norm(states[i], module.norm_hidden.weight)
                right = rms_norm(embedded, module.norm_embedding.weight)
                joined.append(module.projection.weight @ torch.cat((left, right)))
            deeper = module.block(torch.stack(joined).unsqueeze(0))[0]
            states = {i: deeper[i - 1] for i in range(1, length - k + 1)}
            for i in range(1, length - k):  # P_(i+k+1) needs a token t_(i+k+1)
                logits = module.head.weight @ states[i]
                terms[k - 1] -= logits.log_softmax(dim=-1)[t[i + k]]
    targets = torch.tensor([len(ids) * (length - k - 1) for k in range(1, depths + 1)])
    return weight * (terms / targets).mean()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("depths", "length"), [(1, 3), (1, 8), (3, 7)])
def test_equals_the_definition(reference, seed, depths, length):
    module = reference("multi-token-prediction")
    torch.manual_seed(seed)
    embedding, head = nn.Embedding(VOCABULARY, D_MODEL), nn.Linear(D_MODEL, VOCABULARY, bias=False)
    modules = nn.ModuleList(
        module.MultiTokenPrediction(D_MODEL, embedding, Block(), head) for _ in range(depths)
    ).double()
    for parameter in modules.parameters():
        nn.init.normal_(parameter)
    hidden = torch.randn(2, length, D_MODEL, dtype=torch.float64, requires_grad=True)
    ids = torch.randint(0, VOCABULARY, (2, length))
    losses = [loss(modules, hidden, ids, 0.3) for loss in (module.mtp_loss, written_out)]
    torch.testing.assert_close(*losses)
    torch.testing.assert_close(*(torch.autograd.grad(loss, hidden)[0] for loss in losses))
    assert len(list(modules.parameters())) == 2 + 3 * depths  # one embedding, one head


def test_no_hidden_state_sees_its_target(reference):
    module = reference("multi-token-prediction")
    torch.manual_seed(0)
    embedding, head = nn.Embedding(VOCABULARY, D_MODEL), nn.Linear(D_MODEL, VOCABULARY, bias=False)
    mtp = module.MultiTokenPrediction(D_MODEL, embedding, Block(), head)
    hidden, ids = torch.randn(1, 6, D_MODEL), torch.randint(0, VOCABULARY, (1, 7))
    other = ids.clone()
    other[0, 4] = (other[0, 4] + 1) % VOCABULARY
    # token 4 is the target of position 2: its logits may not move, those of position 3 must
    change = (mtp(hidden, ids[:, 1:])[1] - mtp(hidden, other[:, 1:])[1])[0].abs().amax(dim=-1)
    assert change[:3].max() == 0
    assert change[3] > 1e-4
