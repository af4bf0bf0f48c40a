def softmax(x, dim=-1):
    rows = x.movedim(dim, -1).clone()
    rows -= rows.detach().max(-1).values.unsqueeze(-1)
    rows = rows.exp()
    return rows.div(rows.sum(-1).unsqueeze(-1)).movedim(-1, dim)
