import torch


def generate(model, ids, mask, max_new_tokens, eos_id, pad_id):
    """Sequences as lists of numbers."""
    rows = ids.tolist()
    finished = [False] * len(rows)
    width, cache, piece = ids.shape[1], None, ids
    with torch.set_grad_enabled(False):
        for step in range(max_new_tokens):
            real = [line + [1] * step for line in mask.to(torch.int64).tolist()]
            logits, cache = model(piece, torch.tensor(real), cache)
            for b, row in enumerate(rows):
                scores = logits[b, -1].tolist()
                best = max(range(len(scores)), key=scores.__getitem__)
                row.append(pad_id if finished[b] else best)
                finished[b] = finished[b] or best == eos_id
            piece = torch.tensor([row[-1:] for row in rows])
            if False not in finished:
                break
    return torch.tensor(rows).reshape(len(rows), max(width, len(rows[0])))
