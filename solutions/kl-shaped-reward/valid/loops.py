import torch


def kl_shaped_reward(scores, log_probs, reference_log_probs, mask, beta):
    rewards = torch.zeros_like(log_probs)
    for row in range(mask.shape[0]):
        places = mask[row].nonzero().flatten().tolist()
        for t in places:
            gap = log_probs[row, t].item() - reference_log_probs[row, t].item()
            rewards[row, t] = -beta * gap
        if places:
            rewards[row, places[-1]] += scores[row].item()
    return rewards.detach()
