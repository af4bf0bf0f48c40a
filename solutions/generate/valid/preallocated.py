import torch


def generate(model, ids, mask, max_new_tokens, eos_id, pad_id):
    """Everything is allocated once; finished rows are masked out as well."""
    batch, start = ids.shape
    size = batch, start + max_new_tokens
    text = torch.full(size, pad_id, dtype=ids.dtype, device=ids.device)
    text[:, :start] = ids
    seen = torch.zeros(size, dtype=torch.bool, device=ids.device)
    seen[:, :start] = mask
    alive = torch.ones(batch, dtype=torch.bool, device=ids.device)
    first, end, cache = 0, start, None
    while end < size[1] and alive.any():
        with torch.inference_mode():
            logits, cache = model(text[:, first:end], seen[:, :end], cache)
        best = logits[:, -1, :].max(dim=-1).indices.clone()
        text[alive, end] = best[alive]
        seen[:, end] = alive
        alive &= text[:, end] != eos_id
        first, end = end, end + 1
    return text[:, :end]
