from torch import Tensor


class Constraint:
    """Keeps generation inside the language of a finite automaton over characters."""

    def __init__(
        self, transitions: dict[int, dict[str, int]], accepting: set[int], vocabulary: list[str], eos: int
    ) -> None:
        raise NotImplementedError

    def allowed(self, state: int | None) -> list[int]:
        raise NotImplementedError

    def mask(self, logits: Tensor, states: list[int | None]) -> Tensor:
        """Logits (B, V), one state per row -> (B, V)."""
        raise NotImplementedError

    def advance(self, states: list[int | None], tokens: Tensor) -> list[int | None]:
        """One token (B,) per row."""
        raise NotImplementedError
