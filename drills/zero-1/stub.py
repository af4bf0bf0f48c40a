from torch import Tensor, nn


class ZeroOneAdam:
    """Adam whose moments are split over the ranks; `m` and `v` are this rank's parts."""

    m: Tensor
    v: Tensor

    def __init__(
        self,
        parameters: list[nn.Parameter],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
    ):
        raise NotImplementedError

    def step(self) -> None:
        """Average the gradients, update own part, hand out the parameters."""
        raise NotImplementedError
