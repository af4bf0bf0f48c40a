"""The Gumbel-max trick: perturb the logits and take the largest."""

import torch


def sample(logits, temperature, generator=None):
    if temperature < 0:
        raise ValueError("negative temperature")
    z = logits.to(torch.float64)
    if temperature > 0:
        u = torch.rand(z.shape, dtype=torch.float64, generator=generator)
        z = z / temperature - torch.log(-torch.log(u.clamp_min(1e-300)))
    return torch.max(z, dim=-1).indices
