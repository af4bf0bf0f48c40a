import torch
import torch.nn.functional as F


def cosine_top_k(queries, documents, k):
    cosines = torch.einsum(
        "...d,nd->...n",
        F.normalize(queries, dim=-1),
        F.normalize(documents, dim=-1),
    )
    order = cosines.argsort(dim=-1, descending=True)[..., :k]
    return cosines.gather(-1, order), order
