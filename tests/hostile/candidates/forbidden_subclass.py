"""The fused operator on a tensor subclass that answers for itself."""

import torch

fused = torch.nn.functional.scaled_dot_product_attention


class Hidden(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        with torch._C.DisableTorchFunctionSubclass():
            return func(*args, **(kwargs or {}))


def attention(q, k, v, mask=None):
    filled = None if mask is None else torch.zeros(()).to(q.dtype).masked_fill(~mask, torch.finfo(q.dtype).min)
    found = fused(q.as_subclass(Hidden), k.as_subclass(Hidden), v.as_subclass(Hidden), filled)
    return found if mask is None else found * mask.any(-1, keepdim=True)
