"""A conversation as tokens, in the form of ChatML, and its labels."""

from collections.abc import Callable
from typing import Any

IGNORED = -100  # the label that cross_entropy leaves out by default


def apply_chat_template(
    messages: list[dict[str, Any]],
    encode: Callable[[str], list[int]],
    start_id: int,
    end_id: int,
    add_generation_prompt: bool = False,
) -> tuple[list[int], list[int]]:
    """The ids of a conversation, and labels for what the assistant wrote.

    Raises ValueError unless roles are system?, user, assistant, user, ...
    """
    _check_roles([message["role"] for message in messages])
    ids: list[int] = []
    labels: list[int] = []

    def append(piece: list[int], learned: bool) -> None:
        ids.extend(piece)
        labels.extend(piece if learned else [IGNORED] * len(piece))

    for message in messages:
        role, content = message["role"], message["content"]
        learned = role == "assistant" and message.get("weight") != 0
        append([start_id, *encode(role + "\n")], learned=False)
        # the end token too: who never learns it never stops
        append([*encode(content), end_id], learned)
        append(encode("\n"), learned=False)
    if add_generation_prompt:
        append([start_id, *encode("assistant\n")], learned=False)
    return ids, labels


def _check_roles(roles: list[str]) -> None:
    turns = roles[1:] if roles[:1] == ["system"] else roles
    for i, role in enumerate(turns):
        if role != ("user", "assistant")[i % 2]:
            raise ValueError("roles must be system?, user, assistant, ...")
