"""One step of direct preference optimisation (Rafailov et al. 2023, §4)."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim import Optimizer


def dpo_step(
    policy: nn.Module,
    reference: nn.Module,
    optimizer: Optimizer,
    batch: dict[str, Tensor],
    beta: float = 0.1,
) -> dict[str, float]:
    """Update the policy once on a batch of preference pairs.

    `batch` holds chosen_ids, chosen_mask (B, T₁), rejected_ids, rejected_mask
    (B, T₂), masks True = token of the answer. Returns loss, margin and
    accuracy from before the update.
    """
    chosen = batch["chosen_ids"], batch["chosen_mask"]
    rejected = batch["rejected_ids"], batch["rejected_mask"]

    with torch.no_grad():  # the reference is frozen
        reference_chosen = answer_log_prob(reference, *chosen)  # (B,)
        reference_rejected = answer_log_prob(reference, *rejected)
    chosen_log_ratio = answer_log_prob(policy, *chosen) - reference_chosen
    rejected_log_ratio = answer_log_prob(policy, *rejected) - reference_rejected
    h = beta * (chosen_log_ratio - rejected_log_ratio)
    loss = -F.logsigmoid(h).mean()

    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return {
        "loss": loss.item(),
        "margin": h.mean().item(),
        "accuracy": (h > 0).float().mean().item(),
    }


def answer_log_prob(model: nn.Module, ids: Tensor, mask: Tensor) -> Tensor:
    """log π(y | x): sum over the answer's tokens; ids, mask (B, T) -> (B,)."""
    # the logits at t are about the token at t + 1
    log_p = model(ids)[:, :-1].log_softmax(-1)  # (B, T − 1, V)
    token_log_p = log_p.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1)
    return token_log_p.masked_fill(~mask[:, 1:], 0.0).sum(-1)
