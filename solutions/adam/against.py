"""torch.optim.Adam: the parameters after each of twenty steps."""

import torch
from torch import nn

COUNTERPART = "torch.optim.Adam"


def pairs(implementation, seed):
    """Gradients are needed, whatever the caller set."""
    with torch.enable_grad():
        yield from steps(implementation, seed)


def steps(implementation, seed):
    """Two copies of a small network, in float64; now and then no gradient."""
    for settings in SETTINGS:
        torch.manual_seed(seed)
        ours, theirs = network(), network()
        theirs.load_state_dict(ours.state_dict())
        own = implementation.Adam(ours.parameters(), **settings)
        library = torch.optim.Adam(theirs.parameters(), **settings)
        for step in range(20):
            x = torch.randn(5, 4, dtype=torch.float64)
            for model, optimizer in ((ours, own), (theirs, library)):
                optimizer.zero_grad()
                hidden = model[1](model[0](x))
                # every third step leaves the last layer without gradient
                output = hidden if step % 3 == 0 else model[2](hidden)
                output.square().mean().backward()
                optimizer.step()
            named = zip(
                ours.named_parameters(), theirs.parameters(), strict=True
            )
            for (name, mine), other in named:
                yield f"step {step + 1}, {name}", mine, other


SETTINGS = (
    {},
    {"lr": 0.1, "betas": (0.8, 0.95), "eps": 1e-3, "weight_decay": 0.3},
    {"lr": 0.02, "weight_decay": 0.0},
)


def network():
    """Two layers with a ReLU between them."""
    return nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 3)).double()
