import torch


def grpo_advantages(rewards, group_size, eps=1e-4, scale=True):
    n = rewards.shape[0]
    prompts, rest = divmod(n, group_size)
    if rest:
        raise ValueError("rewards are left over")
    grid = rewards.reshape(prompts, group_size)
    baseline = grid.mean(dim=1).repeat_interleave(group_size)
    result = rewards - baseline
    if scale:
        spread = (
            torch.nan_to_num(grid.std(dim=1))
            if group_size > 1
            else (torch.zeros(prompts, dtype=rewards.dtype))
        )
        result = result / (spread.repeat_interleave(group_size) + eps)
    return result
