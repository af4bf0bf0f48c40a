import torch
from torch import nn


class PatchEmbedding(nn.Module):
    def __init__(self, image_size, patch_size, channels, d_model):
        super().__init__()
        h, w = image_size
        if h % patch_size != 0 or w % patch_size != 0:
            raise ValueError
        self.h, self.w, self.p = h, w, patch_size
        self.projection = nn.Linear(channels * patch_size**2, d_model)
        self.register_parameter(
            "cls_token", nn.Parameter(torch.empty(1, 1, d_model).normal_())
        )
        n = (h // patch_size) * (w // patch_size)
        self.register_parameter(
            "position", nn.Parameter(torch.empty(1, n + 1, d_model).normal_())
        )

    def forward(self, images):
        if images.size(2) != self.h or images.size(3) != self.w:
            raise ValueError
        p = self.p
        tokens = [self.cls_token[:, 0].expand(images.size(0), -1)]
        for top in range(0, self.h, p):
            for left in range(0, self.w, p):
                patch = images[:, :, top : top + p, left : left + p]
                tokens.append(
                    self.projection(patch.reshape(images.size(0), -1))
                )
        return torch.stack(tokens, dim=1) + self.position
