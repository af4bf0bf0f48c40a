"""ZeRO stage 1 (Rajbhandari et al. 2019, §5.1) around Adam."""

import torch
import torch.distributed as dist
from torch import Tensor, nn


class ZeroOneAdam:
    """Adam whose moments are split over the ranks."""

    def __init__(
        self,
        parameters: list[nn.Parameter],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
    ):
        self.parameters = list(parameters)
        self.lr, self.betas, self.eps = lr, betas, eps
        self.rank, self.world = dist.get_rank(), dist.get_world_size()
        self.sizes = [parameter.numel() for parameter in self.parameters]
        self.length = -(-sum(self.sizes) // self.world)  # of a part
        self.m = torch.zeros(self.length)
        self.v = torch.zeros(self.length)
        self.t = 0

    @torch.no_grad()
    def step(self) -> None:
        gradient = torch.empty(self.length)
        dist.reduce_scatter(
            gradient, self.parts([p.grad for p in self.parameters])
        )
        gradient /= self.world

        self.t += 1
        beta1, beta2 = self.betas
        self.m = beta1 * self.m + (1 - beta1) * gradient
        self.v = beta2 * self.v + (1 - beta2) * gradient.square()
        m_hat = self.m / (1 - beta1**self.t)
        v_hat = self.v / (1 - beta2**self.t)
        own = self.parts(self.parameters)[self.rank]
        own = own - self.lr * m_hat / (v_hat.sqrt() + self.eps)

        parts = [torch.empty_like(own) for _ in range(self.world)]
        dist.all_gather(parts, own)
        whole = torch.cat(parts)[: sum(self.sizes)]  # without the padding
        for parameter, value in zip(
            self.parameters, whole.split(self.sizes), strict=True
        ):
            parameter.copy_(value.view_as(parameter))

    def parts(self, tensors: list[Tensor]) -> list[Tensor]:
        """All elements as one padded vector, cut into the ranks' parts."""
        flat = torch.zeros(self.world * self.length)
        flat[: sum(self.sizes)] = torch.cat([x.flatten() for x in tensors])
        return list(flat.chunk(self.world))
