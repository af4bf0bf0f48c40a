"""WordPiece of the tokenizers library, over random vocabularies."""

import random

import torch

COUNTERPART = "tokenizers.models.WordPiece"


def pairs(implementation, seed):
    """Texts with full vocabularies, with holes, and with long words."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.pre_tokenizers import WhitespaceSplit

    draw = random.Random(seed)
    cases = (("letters all known", "abc", 100), ("letters missing", "", 100))
    for place, known, longest in (*cases, ("long words", "abc", 6)):
        pieces = {*known, *("##" + letter for letter in known), "[UNK]"}
        for _ in range(30):
            pieces.add(draw.choice(("", "##")) + _word(draw, 4))
        ids = {piece: number for number, piece in enumerate(sorted(pieces))}
        library = Tokenizer(
            WordPiece(
                vocab=ids,
                unk_token="[UNK]",
                max_input_chars_per_word=longest,
            )
        )
        library.pre_tokenizer = WhitespaceSplit()
        text = " ".join(_word(draw, 9) for _ in range(200))
        ours = implementation.wordpiece(text, pieces, "[UNK]", longest)
        yield (
            place,
            _numbers(ours, ids),
            _numbers(library.encode(text).tokens, ids),
        )


def _word(draw, longest):
    return "".join(draw.choices("abc", k=draw.randint(1, longest)))


def _numbers(pieces, ids):
    return torch.tensor([float(ids.get(piece, -1)) for piece in pieces])
