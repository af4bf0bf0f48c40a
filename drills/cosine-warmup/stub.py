def lr_at(
    step: int,
    warmup_steps: int,
    total_steps: int,
    peak_lr: float,
    min_lr: float = 0.0,
) -> float:
    """The learning rate of one step."""
    raise NotImplementedError
