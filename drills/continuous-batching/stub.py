class Scheduler:
    """Decides in every step which requests run, under three limits."""

    def __init__(self, max_sequences: int, max_tokens: int, kv_tokens: int):
        raise NotImplementedError

    def add(self, name: str, prompt: int, new: int) -> None:
        """Queue a request that has `prompt` tokens and generates `new` more."""
        raise NotImplementedError

    def step(self) -> list[tuple[str, int]]:
        """One pass through the model: (name, tokens processed) of everyone in it."""
        raise NotImplementedError
