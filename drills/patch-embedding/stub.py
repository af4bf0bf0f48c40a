from torch import Tensor, nn


class PatchEmbedding(nn.Module):
    """Cuts images into patches and makes tokens of them, with a CLS token and learned positions."""

    def __init__(self, image_size: tuple[int, int], patch_size: int, channels: int, d_model: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, images: Tensor) -> Tensor:
        """images (B, channels, height, width) -> (B, 1 + N, d_model)."""
        raise NotImplementedError
