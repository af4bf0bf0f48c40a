import torch
from torch import nn
from torch.nn import functional


class PatchEmbedding(nn.Module):
    def __init__(self, image_size, patch_size, channels, d_model):
        super().__init__()
        self.height, self.width = image_size
        self.patch_size = patch_size
        rows, rest = divmod(self.height, patch_size)
        columns, other = divmod(self.width, patch_size)
        if rest != 0 or other != 0:
            raise ValueError("the patch size must divide height and width")
        self.cls_token = nn.Parameter(torch.zeros(1, 1, d_model))
        self.projection = nn.Linear(channels * patch_size * patch_size, d_model)
        self.position = nn.Parameter(
            torch.zeros(1, rows * columns + 1, d_model)
        )

    def forward(self, images):
        b, _, h, w = images.shape
        if h != self.height or w != self.width:
            raise ValueError("wrong image size")
        columns = functional.unfold(
            images, self.patch_size, stride=self.patch_size
        )
        tokens = self.projection(columns.mT) + self.position[:, 1:]
        cls = (self.cls_token + self.position[:, :1]).expand(b, 1, -1)
        return torch.cat((cls, tokens), dim=1)
