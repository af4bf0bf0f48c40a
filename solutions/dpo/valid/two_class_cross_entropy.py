import torch


def dpo_loss(
    policy_chosen,
    policy_rejected,
    reference_chosen,
    reference_rejected,
    beta,
    label_smoothing=0.0,
):
    policy = torch.stack([policy_chosen, policy_rejected], dim=1)
    with torch.no_grad():
        reference = torch.stack([reference_chosen, reference_rejected], dim=1)
    rewards = beta * (policy - reference)
    target = torch.zeros_like(rewards)
    target[:, 0] = 1 - label_smoothing
    target[:, 1] = label_smoothing
    loss = -(target * rewards.log_softmax(dim=1)).sum(dim=1).mean()
    chosen, rejected = rewards.detach().unbind(dim=1)
    return loss, chosen, rejected
