"""Row by row."""

import torch


def sample(logits, temperature, generator=None):
    if temperature < 0:
        raise ValueError("temperature must be at least 0")
    if logits.dim() > 1:
        rows = [sample(row, temperature, generator) for row in logits]
        return torch.stack(rows)
    if temperature == 0:
        return torch.tensor(
            max(range(len(logits)), key=lambda i: float(logits[i]))
        )
    scaled = (logits - logits.max()).float() / temperature
    return torch.multinomial(scaled.exp(), 1, generator=generator).squeeze(0)
