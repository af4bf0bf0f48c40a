import torch


def last_token_reward(scores, attention_mask):
    out = []
    for row, mask in zip(scores, attention_mask):
        out.append(row[mask][-1])
    return torch.stack(out)


def reward_loss(chosen, rejected, margin=None):
    shift = 0 if margin is None else margin
    x = chosen - rejected - shift
    zero = torch.zeros_like(x)
    return torch.logaddexp(zero, -x).sum() / x.numel()
