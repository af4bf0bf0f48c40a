"""Speculative decoding (Leviathan et al. 2023, §2.3; Chen et al. 2023)."""

import torch
from torch import Tensor


def verify(
    target: Tensor, draft: Tensor, tokens: Tensor, uniforms: Tensor
) -> tuple[int, Tensor]:
    """How many drafted tokens stay, and what the next one is drawn from.

    Shapes: target (K + 1, V), draft (K, V), both probabilities; tokens and
    uniforms (K,) -> n, distribution (V,).
    """
    count = len(tokens)
    places = torch.arange(count)
    p, q = target[places, tokens], draft[places, tokens]  # (K,)
    accepted = uniforms < p / q
    n = int(accepted.long().cumprod(dim=0).sum())  # up to the first rejection
    if n == count:
        return n, target[count]  # a bonus: nobody has drafted this token
    # what the draft gave too little of
    residual = (target[n] - draft[n]).clamp(min=0)
    return n, residual / residual.sum()


def speculative_step(
    target: Tensor,
    draft: Tensor,
    tokens: Tensor,
    generator: torch.Generator | None = None,
) -> list[int]:
    """The accepted tokens and one more; together they follow the target."""
    uniforms = torch.rand(len(tokens), generator=generator)
    n, distribution = verify(target, draft, tokens, uniforms)
    following = torch.multinomial(distribution, 1, generator=generator)
    return [*tokens[:n].tolist(), int(following)]
