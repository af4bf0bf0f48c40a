"""fork_rng around the second run; arguments rebuilt through a marker."""

import torch

TENSOR = object()


class Recompute(torch.autograd.Function):
    @staticmethod
    def forward(ctx, run, *args):
        ctx.run, ctx.rng = run, torch.random.get_rng_state().clone()
        ctx.save_for_backward(*[a for a in args if torch.is_tensor(a)])
        ctx.plan = [TENSOR if torch.is_tensor(a) else a for a in args]
        with torch.no_grad():
            return run(*args)

    @staticmethod
    def backward(ctx, grad):
        saved = iter(ctx.saved_tensors)
        copies = []
        for item in ctx.plan:
            if item is TENSOR:
                original = next(saved)
                item = original.detach()
                item.requires_grad = original.requires_grad
            copies.append(item)
        with torch.random.fork_rng(devices=[]), torch.enable_grad():
            torch.random.set_rng_state(ctx.rng)
            result = ctx.run(*copies)
        result.backward(grad)
        return (
            None,
            *[c.grad if torch.is_tensor(c) else None for c in copies],
        )


def checkpoint(function, *args):
    return Recompute.apply(function, *args)
