"""By name, through state_dict; a class as context manager; out-of-place arithmetic in float64."""

import copy

import torch


class Swapped:
    def __init__(self, ema):
        self.ema = ema

    def __enter__(self):
        model, shadow = self.ema.model, self.ema.shadow
        self.model_state = {k: v.clone() for k, v in model.state_dict().items()}
        self.shadow_state = {
            k: v.clone() for k, v in shadow.state_dict().items()
        }
        model.load_state_dict(self.shadow_state)
        shadow.load_state_dict(self.model_state)

    def __exit__(self, *_):
        self.ema.model.load_state_dict(self.model_state)
        self.ema.shadow.load_state_dict(self.shadow_state)
        return False


class EMA:
    def __init__(self, model, decay=0.999, warmup=True):
        self.model, self.decay, self.warmup, self.n = model, decay, warmup, 0
        self.shadow = copy.deepcopy(model)
        self.shadow.train(False)
        for p in self.shadow.parameters():
            p.requires_grad = False

    def update(self):
        self.n += 1
        d = self.decay
        if self.warmup and (1 + self.n) / (10 + self.n) < d:
            d = (1 + self.n) / (10 + self.n)
        target = {}
        new = self.model.state_dict()
        for name, old in self.shadow.state_dict().items():
            value = new[name].detach()
            if torch.is_floating_point(old):
                value = (d * old.double() + (1 - d) * value.double()).to(
                    old.dtype
                )
            target[name] = value
        self.shadow.load_state_dict(target)

    def swap(self):
        return Swapped(self)
