import torch


def _gain(ratio, advantages, low, high):
    up, down = ratio.clamp(max=1 + high), ratio.clamp(min=1 - low)
    return torch.where(advantages > 0, up, down) * advantages


def gspo_token_loss(
    log_probs,
    old_log_probs,
    advantages,
    mask,
    epsilon_low=3e-4,
    epsilon_high=4e-4,
):
    advantages = advantages.detach()
    new = torch.where(mask, log_probs, 0.0)
    old = torch.where(mask, old_log_probs, 0.0).detach()
    lengths = mask.sum(1, keepdim=True).clamp(min=1)
    s = ((new - old).sum(1, keepdim=True) / lengths).detach().exp()
    # linear instead of exponential: 1 + x − sg[x]
    ratio = s * (1 + new - new.detach())
    gain = _gain(ratio, advantages, epsilon_low, epsilon_high)
    gain = torch.where(mask, gain, 0.0) / lengths
    return -gain.sum() / mask.shape[0]


def gspo_loss(
    log_probs,
    old_log_probs,
    advantages,
    mask,
    epsilon_low=3e-4,
    epsilon_high=4e-4,
):
    return gspo_token_loss(
        log_probs,
        old_log_probs,
        advantages.unsqueeze(1).expand(mask.shape),
        mask,
        epsilon_low,
        epsilon_high,
    )
