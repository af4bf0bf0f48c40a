from collections.abc import Callable
from typing import Any


def apply_chat_template(
    messages: list[dict[str, Any]],
    encode: Callable[[str], list[int]],
    start_id: int,
    end_id: int,
    add_generation_prompt: bool = False,
) -> tuple[list[int], list[int]]:
    """The ids of a conversation, and labels for what the assistant wrote."""
    raise NotImplementedError
