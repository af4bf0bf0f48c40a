"""Byte-level BPE of the tokenizers library, without its regular expression."""

import random

import torch

COUNTERPART = "tokenizers.models.BPE"
TEXT = "low lower lowest, 自然语言处理 自然 语言, 🙂🙃 naïve e\u0301\r\n"


def pairs(implementation, seed):
    """Ids of texts, and texts (as code points) of ids that no text has."""
    draw = random.Random(seed)
    merges = _merges(draw, 40)
    library = _library(merges)
    for place, letters in (("two letters", "ab"), ("many scripts", TEXT)):
        text = "".join(draw.choices(letters, k=300)) + letters
        ours = implementation.encode(text, merges)
        yield place, _numbers(ours), _numbers(library.encode(text).ids)
    for place, last in (("bytes decoded", 255), ("tokens decoded", 295)):
        ids = [draw.randint(0, last) for _ in range(100)]
        ours, theirs = implementation.decode(ids, merges), library.decode(ids)
        yield place, _numbers(map(ord, ours)), _numbers(map(ord, theirs))


def _numbers(values):
    return torch.tensor([float(value) for value in values])


def _merges(draw, n):
    """Neighbours in a text, and pairs of tokens that were made before."""
    data = (TEXT + "abaabbab").encode()
    merges, spelled = [], [bytes([byte]) for byte in range(256)]
    while len(merges) < n:
        token = draw.choice(range(len(spelled)))
        place = data.find(spelled[token], draw.randrange(len(data)))
        end = place + len(spelled[token])
        if place < 0 or end == len(data):
            continue
        new = spelled[token] + data[end : end + 1]
        if new not in spelled:  # the library knows a token by its bytes
            merges.append((token, data[end]))
            spelled.append(new)
    return merges


def _library(merges):
    from tokenizers import Tokenizer
    from tokenizers.decoders import ByteLevel as Decoder
    from tokenizers.models import BPE
    from tokenizers.pre_tokenizers import ByteLevel

    names = _visible()
    for left, right in merges:
        names.append(names[left] + names[right])
    vocab = {name: number for number, name in enumerate(names)}
    spelled = [(names[left], names[right]) for left, right in merges]
    library = Tokenizer(BPE(vocab=vocab, merges=spelled))
    library.pre_tokenizer = ByteLevel(add_prefix_space=False, use_regex=False)
    library.decoder = Decoder()
    return library


def _visible():
    """GPT-2 writes each byte as a visible character: itself, or from 256 on."""
    themselves = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = iter(range(256, 512))
    return [chr(b if b in themselves else next(others)) for b in range(256)]
