def train_bpe(word_counts: dict[str, int], num_merges: int, min_frequency: int = 1) -> list[tuple[str, str]]:
    """Words and how often they occur -> the merges, in the order in which they are learnt."""
    raise NotImplementedError
