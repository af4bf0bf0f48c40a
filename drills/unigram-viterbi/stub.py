def segment(text: str, log_probs: dict[str, float], unknown_penalty: float = 10.0) -> tuple[list[str], float]:
    """A text and the log-probabilities of pieces -> the likeliest pieces, and their log-probability."""
    raise NotImplementedError
