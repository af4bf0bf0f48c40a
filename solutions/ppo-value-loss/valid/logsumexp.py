import torch
import torch.nn.functional as F


def value_loss(values, old_values, returns, mask, epsilon=0.2):
    with torch.no_grad():
        low, high = old_values - epsilon, old_values + epsilon
        target = returns.clone()
    boxed = torch.min(torch.max(values, low), high)
    losses = torch.stack(
        [
            F.mse_loss(values, target, reduction="none"),
            F.mse_loss(boxed, target, reduction="none"),
        ]
    ).amax(0)
    return 0.5 * (losses * mask).sum() / mask.sum().clamp(min=1)


def mean_entropy(logits, mask):
    """H = logsumexp(z) − Σ p·z, with z shifted to have maximum 0."""
    z = logits - logits.amax(-1, keepdim=True).detach()
    p = z.softmax(-1)
    finite = z.masked_fill(z == float("-inf"), 0)
    entropy = z.logsumexp(-1) - (p * finite).sum(-1)
    return (entropy * mask).sum() / mask.sum().clamp(min=1)


def ppo_loss(
    policy,
    value,
    entropy,
    value_coefficient=0.5,
    entropy_coefficient=0.01,
):
    parts = torch.stack([policy, value, entropy])
    weights = [1.0, value_coefficient, -entropy_coefficient]
    return (parts * parts.new_tensor(weights)).sum()
