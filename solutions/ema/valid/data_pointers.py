"""lerp on lists of tensors; swapping exchanges the memory behind the parameters."""

import contextlib
import copy

import torch


class EMA:
    def __init__(self, model, decay=0.999, warmup=True):
        self.model = model
        self.shadow = copy.deepcopy(model)
        self.shadow.eval()
        self.shadow.requires_grad_(False)
        self._decay = decay if not warmup else None
        self._most = decay
        self._calls = 0

    def decay_now(self):
        if self._decay is not None:
            return self._decay
        return min(self._most, (self._calls + 1) / (self._calls + 10))

    def update(self):
        self._calls += 1
        weight = 1 - self.decay_now()
        with torch.no_grad():
            for mine, theirs in zip(
                [*self.shadow.parameters()],
                [*self.model.parameters()],
                strict=True,
            ):
                mine.lerp_(theirs, weight)
            named = dict(self.model.named_buffers())
            for name, mine in self.shadow.named_buffers():
                if mine.dtype.is_floating_point:
                    mine.lerp_(named[name], weight)
                else:
                    mine.fill_(named[name])

    @contextlib.contextmanager
    def swap(self):
        def exchange():
            a = [*self.model.parameters(), *self.model.buffers()]
            b = [*self.shadow.parameters(), *self.shadow.buffers()]
            for x, y in zip(a, b, strict=True):
                x.data, y.data = y.data, x.data

        exchange()
        try:
            yield self.model
        finally:
            exchange()
