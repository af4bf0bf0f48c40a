"""The Unigram model of the tokenizers library, over random pieces.

The library joins neighbouring unknown characters; they are joined here, too.
"""

import random

import torch

COUNTERPART = "tokenizers.models.Unigram"


def pairs(implementation, seed):
    """Where the pieces of four texts end."""
    from tokenizers import Tokenizer
    from tokenizers.models import Unigram

    draw = random.Random(seed)
    for place, share in (("all known", 1.0), ("some unknown", 0.6)) * 2:
        text = "".join(
            chr(0x4E00 + point) for point in draw.sample(range(5000), 60)
        )
        pieces = {
            c: draw.uniform(-9, -4) for c in text if draw.random() < share
        }
        for _ in range(150):
            start, size = draw.randrange(60), draw.randint(2, 5)
            piece = text[start : start + size]
            pieces[piece] = draw.uniform(-7 - 3 * len(piece), -4)
        vocab = [("<unknown>", 0.0), *pieces.items()]
        library = Tokenizer(Unigram(vocab, unk_id=0))
        ours, _ = implementation.segment(text, pieces)
        theirs = [end for _, end in library.encode(text).offsets]
        yield (
            place,
            _ends(ours, pieces),
            torch.tensor(theirs, dtype=torch.float32),
        )


def _ends(pieces, known):
    ends, end, unknown_before = [], 0, False
    for piece in pieces:
        unknown = piece not in known
        if unknown and unknown_before:
            ends.pop()
        end += len(piece)
        ends.append(float(end))
        unknown_before = unknown
    return torch.tensor(ends)
