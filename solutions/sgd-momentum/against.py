"""torch.optim.SGD: the parameters after each of twenty steps."""

import torch
from torch import nn

COUNTERPART = "torch.optim.SGD"


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
        own = implementation.SGD(ours.parameters(), **settings)
        library = torch.optim.SGD(theirs.parameters(), **settings)
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
    {"lr": 0.1},
    {"lr": 0.05, "momentum": 0.9, "weight_decay": 0.1},
    {"lr": 0.05, "momentum": 0.8, "weight_decay": 0.1, "nesterov": True},
)


def network():
    """Two layers with a tanh between them."""
    return nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 3)).double()
