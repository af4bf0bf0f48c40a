import torch
import torch.nn.functional as F


def dpo_step(policy, reference, optimizer, batch, beta=0.1):
    length = max(batch["chosen_ids"].size(1), batch["rejected_ids"].size(1))

    def both(name):
        return torch.cat(
            [
                F.pad(batch[f"{side}_{name}"], (0, length - n))
                for side in ("chosen", "rejected")
                for n in [batch[f"{side}_{name}"].size(1)]
            ]
        )

    ids, mask = both("ids"), both("mask")
    labels = ids.masked_fill(~mask, -100)[:, 1:]

    def log_prob(model):
        logits = model(ids)[:, :-1]
        nll = F.cross_entropy(
            logits.transpose(1, 2), labels, reduction="none", ignore_index=-100
        )
        return -nll.sum(1)

    ratio = log_prob(policy) - log_prob(reference).detach()
    better, worse = ratio.chunk(2)
    h = beta * (better - worse)
    loss = F.softplus(-h).mean()
    for group in optimizer.param_groups:
        for parameter in group["params"]:
            parameter.grad = None
    loss.backward(inputs=[p for p in policy.parameters() if p.requires_grad])
    optimizer.step()
    h = h.detach()
    wins = int((h > 0).sum())
    return {
        "loss": loss.detach(),
        "margin": h.mean(),
        "accuracy": wins / len(h),
    }
