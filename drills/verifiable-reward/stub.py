def extract_boxed(text: str) -> str | None:
    """The content of the last closed \\boxed{…}, or None."""
    raise NotImplementedError


def same_answer(answer: str, gold: str) -> bool:
    """Whether two answers are equal as numbers, or else as texts."""
    raise NotImplementedError


def verifiable_reward(text: str, gold: str) -> float:
    """0.1 for the format plus 0.9 for the right answer."""
    raise NotImplementedError
