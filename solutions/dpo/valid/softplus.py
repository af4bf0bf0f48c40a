import torch.nn.functional as F


def dpo_loss(
    policy_chosen,
    policy_rejected,
    reference_chosen,
    reference_rejected,
    beta,
    label_smoothing=0.0,
):
    policy = policy_chosen - policy_rejected
    reference = (reference_chosen - reference_rejected).detach()
    h = beta * (policy - reference)
    loss = F.softplus(-h) + label_smoothing * h
    return (
        loss.mean(),
        beta * (policy_chosen - reference_chosen).detach(),
        beta * (policy_rejected - reference_rejected).detach(),
    )
