"""Recomputing activations instead of keeping them (Chen et al. 2016, §3)."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function


class Checkpoint(Function):
    """Saves the arguments of a function, and runs it again for gradients."""

    @staticmethod
    def forward(
        ctx: Any, function: Callable[..., Tensor], *args: Any
    ) -> Tensor:
        """Nothing is recorded here: autograd is off inside a Function."""
        ctx.function = function
        ctx.random_state = torch.get_rng_state()
        ctx.places = [i for i, a in enumerate(args) if isinstance(a, Tensor)]
        ctx.save_for_backward(*(args[i] for i in ctx.places))
        ctx.others = [None if isinstance(a, Tensor) else a for a in args]
        return function(*args)

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> tuple[Any, ...]:
        """One gradient for each argument of `forward`, None where none is."""
        args = list(ctx.others)
        for place, saved in zip(ctx.places, ctx.saved_tensors, strict=True):
            # leaves of a graph of their own, which ends at these arguments
            args[place] = saved.detach().requires_grad_(saved.requires_grad)

        state_now = torch.get_rng_state()
        torch.set_rng_state(ctx.random_state)  # dropout drops the same again
        with torch.enable_grad():
            output = ctx.function(*args)
        torch.set_rng_state(state_now)

        # not autograd.grad: parameters inside are to collect theirs too
        torch.autograd.backward(output, grad_output)
        grads = [a.grad if isinstance(a, Tensor) else None for a in args]
        return None, *grads


def checkpoint(function: Callable[..., Tensor], *args: Any) -> Tensor:
    """function(*args), whose inner activations are not kept.

    Memory falls to the arguments, for one more forward pass.
    """
    return Checkpoint.apply(function, *args)
