import torch
import torch.nn.functional as F


def dpo_loss(
    policy_chosen,
    policy_rejected,
    reference_chosen,
    reference_rejected,
    beta,
    label_smoothing=0.0,
):
    ref_w, ref_l = reference_chosen.data, reference_rejected.data
    r_w, r_l = beta * (policy_chosen - ref_w), beta * (policy_rejected - ref_l)
    logits = r_w - r_l
    loss = F.binary_cross_entropy_with_logits(
        logits, torch.full_like(logits, 1 - label_smoothing)
    )
    return loss, r_w.detach(), r_l.detach()
