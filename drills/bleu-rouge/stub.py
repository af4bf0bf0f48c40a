Tokens = list[str]


def corpus_bleu(candidates: list[Tokens], references: list[list[Tokens]]) -> float:
    """BLEU-4, 0 to 1; references[i] are the reference texts of candidates[i]."""
    raise NotImplementedError


def rouge_l(candidate: Tokens, reference: Tokens) -> float:
    """The F1 of the longest common subsequence."""
    raise NotImplementedError
