"""The input layer of a vision transformer (Dosovitskiy et al. 2020, §3.1)."""

import torch
from torch import Tensor, nn


class PatchEmbedding(nn.Module):
    """Patches as tokens, after a CLS token, plus learned positions.

    Raises:
        ValueError: if patches do not tile the image.
    """

    def __init__(
        self,
        image_size: tuple[int, int],
        patch_size: int,
        channels: int,
        d_model: int,
    ):
        super().__init__()
        height, width = image_size
        if height % patch_size or width % patch_size:
            raise ValueError("patches must tile the image exactly")
        patches = (height // patch_size) * (width // patch_size)  # N
        self.image_size = (height, width)
        self.patch_size = patch_size
        self.projection = nn.Linear(channels * patch_size**2, d_model)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, d_model))
        self.position = nn.Parameter(torch.zeros(1, 1 + patches, d_model))

    def forward(self, images: Tensor) -> Tensor:
        """Shapes: (B, channels, height, width) -> (B, 1 + N, d_model).

        Raises:
            ValueError: if the images have another height or width; there are
                no positions for them.
        """
        if images.shape[2:] != self.image_size:
            raise ValueError("images must be of the size given at the start")
        tokens = self.projection(self._cut(images))  # (B, N, d_model)
        cls = self.cls_token.expand(len(images), -1, -1)  # (B, 1, d_model)
        return torch.cat((cls, tokens), dim=1) + self.position

    def _cut(self, images: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, N, C·P·P), row by row."""
        p = self.patch_size
        grid = images.unflatten(3, (-1, p)).unflatten(2, (-1, p))
        # (B, C, H/P, P, W/P, P) -> (B, H/P, W/P, C, P, P)
        return grid.permute(0, 2, 4, 1, 3, 5).flatten(3).flatten(1, 2)
