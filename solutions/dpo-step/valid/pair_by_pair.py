import torch


def _log_prob(model, ids, mask):
    total = 0.0
    log_p = torch.log_softmax(model(ids[None])[0], dim=-1)
    for t in mask.nonzero().flatten().tolist():
        total = total + log_p[t - 1, ids[t]]
    return total


def dpo_step(policy, reference, optimizer, batch, beta=0.1):
    sides = [
        list(zip(batch[f"{x}_ids"], batch[f"{x}_mask"], strict=True))
        for x in ("chosen", "rejected")
    ]
    n = len(sides[0])
    optimizer.zero_grad(set_to_none=False)
    loss_sum, margins = 0.0, []
    for better, worse in zip(*sides, strict=True):
        with torch.inference_mode():
            base = _log_prob(reference, *better) - _log_prob(reference, *worse)
            base = float(base)
        h = _log_prob(policy, *better) - _log_prob(policy, *worse)
        h = beta * (h - base)
        loss = torch.logaddexp(torch.zeros(()), -h)
        (loss / n).backward()
        loss_sum += loss.item()
        margins.append(h.item())
    optimizer.step()
    return {
        "loss": loss_sum / n,
        "margin": sum(margins) / n,
        "accuracy": sum(m > 0 for m in margins) / n,
    }
