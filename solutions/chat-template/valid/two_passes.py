"""Pieces with a flag each, concatenated at the end; roles checked by walking an expected cycle."""

from itertools import cycle


def apply_chat_template(
    messages, encode, start_id, end_id, add_generation_prompt=False
):
    expected = cycle(["user", "assistant"])
    pieces = []
    for index, m in enumerate(messages):
        first_system = index == 0 and m["role"] == "system"
        if not first_system and m["role"] != next(expected):
            raise ValueError(f"unexpected role {m['role']}")
        counts = m["role"] == "assistant" and bool(m.get("weight", 1))
        pieces.append(([start_id], False))
        pieces.append((encode(m["role"] + "\n"), False))
        pieces.append((encode(m["content"]), counts))
        pieces.append(([end_id], counts))
        pieces.append((encode("\n"), False))
    if add_generation_prompt:
        pieces.append(([start_id], False))
        pieces.append((encode("assistant\n"), False))
    ids = [i for piece, _ in pieces for i in piece]
    labels = [i if flag else -100 for piece, flag in pieces for i in piece]
    return ids, labels
