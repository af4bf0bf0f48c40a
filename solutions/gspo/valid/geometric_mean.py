import torch


def gspo_loss(
    log_probs,
    old_log_probs,
    advantages,
    mask,
    epsilon_low=3e-4,
    epsilon_high=4e-4,
):
    losses = []
    for new, old, advantage, keep in zip(
        log_probs,
        old_log_probs.detach(),
        advantages.detach(),
        mask,
        strict=True,
    ):
        if not keep.any():
            losses.append(new[:0].sum())
            continue
        s = torch.exp((new[keep] - old[keep]).mean())
        high = torch.clip(s, 1 - epsilon_low, 1 + epsilon_high)
        losses.append(torch.maximum(-advantage * s, -advantage * high))
    return torch.stack(losses).mean()


def gspo_token_loss(
    log_probs,
    old_log_probs,
    advantages,
    mask,
    epsilon_low=3e-4,
    epsilon_high=4e-4,
):
    losses = []
    for new, old, advantage, keep in zip(
        log_probs,
        old_log_probs.detach(),
        advantages.detach(),
        mask,
        strict=True,
    ):
        if not keep.any():
            losses.append(new[:0].sum())
            continue
        new, old, advantage = new[keep], old[keep], advantage[keep]
        log_s = (new - old).mean().detach()
        ratio = torch.exp(log_s + new - new.detach())
        high = torch.clip(ratio, 1 - epsilon_low, 1 + epsilon_high)
        losses.append(
            torch.maximum(-advantage * ratio, -advantage * high).mean()
        )
    return torch.stack(losses).mean()
