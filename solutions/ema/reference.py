"""A moving average of the weights (Tarvainen and Valpola 2017, §2)."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

import torch
from torch import Tensor, nn


class EMA:
    """A second set of weights that follows those of a model."""

    def __init__(
        self, model: nn.Module, decay: float = 0.999, warmup: bool = True
    ):
        self.model = model
        self.decay = decay
        self.warmup = warmup
        self.updates = 0
        self.shadow = copy.deepcopy(model).eval().requires_grad_(False)

    @torch.no_grad()
    def update(self) -> None:
        """Draw the average towards the model, after an optimiser step."""
        self.updates += 1
        decay = self.decay
        if self.warmup:
            decay = min(decay, (1 + self.updates) / (10 + self.updates))
        for average, value in self._pairs():
            if average.is_floating_point():
                average.mul_(decay).add_((1 - decay) * value)
            else:
                average.copy_(value)  # a counter has no average

    @contextmanager
    def swap(self) -> Iterator[None]:
        """Within it, the model has the averaged weights."""
        self._exchange()
        try:
            yield
        finally:
            self._exchange()

    @torch.no_grad()
    def _exchange(self) -> None:
        for average, value in self._pairs():
            kept = average.clone()
            average.copy_(value)
            value.copy_(kept)  # contents move, objects stay

    def _pairs(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Tensors of the shadow and of the model, each once."""
        averages = chain(self.shadow.parameters(), self.shadow.buffers())
        values = chain(self.model.parameters(), self.model.buffers())
        return zip(averages, values, strict=True)
