import torch


def generate(model, ids, mask, max_new_tokens, eos_id, pad_id):
    """Prefill, then single steps; the new tokens are joined at the end."""
    if not max_new_tokens:
        return ids.clone()
    with torch.no_grad():
        logits, cache = model(ids, mask, None)
        tokens = [logits[:, -1].log_softmax(-1).topk(1).indices]
        ended = tokens[0] == eos_id
        while len(tokens) < max_new_tokens and not bool(ended.all()):
            mask = torch.nn.functional.pad(mask, (0, 1), value=True)
            logits, cache = model(tokens[-1], mask, cache)
            best = torch.argmax(logits[:, 0], dim=1, keepdim=True)
            tokens.append(torch.where(ended, pad_id, best))
            ended = ended.logical_or(tokens[-1] == eos_id)
    return torch.hstack((ids, *tokens))
