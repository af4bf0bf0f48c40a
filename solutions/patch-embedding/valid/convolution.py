import torch
from torch import nn


class PatchEmbedding(nn.Module):
    """A convolution whose stride is its kernel, with the weight of the linear layer."""

    def __init__(self, image_size, patch_size, channels, d_model):
        super().__init__()
        if any(side % patch_size for side in image_size):
            raise ValueError("indivisible")
        self.size, self.kernel = (
            tuple(image_size),
            (channels, patch_size, patch_size),
        )
        count = image_size[0] * image_size[1] // patch_size**2
        self.position = nn.Parameter(torch.randn(1, count + 1, d_model) * 0.02)
        self.cls_token = nn.Parameter(torch.randn(1, 1, d_model) * 0.02)
        self.projection = nn.Linear(channels * patch_size * patch_size, d_model)

    def forward(self, images):
        if tuple(images.shape[-2:]) != self.size:
            raise ValueError(f"expected {self.size}")
        kernel = self.projection.weight.view(-1, *self.kernel)
        x = nn.functional.conv2d(
            images, kernel, self.projection.bias, stride=self.kernel[1]
        )
        x = x.flatten(2).transpose(1, 2)
        return (
            torch.cat([self.cls_token.repeat(len(x), 1, 1), x], 1)
            + self.position
        )
