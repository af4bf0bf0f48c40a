"""What a search found: the title, the passage with the words marked, and the command that opens it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.padding import Padding

from llmprep.practice.search import Found
from llmprep.ui.blocks import marked, prose
from llmprep.ui.terminal import Terminal

_COMMANDS = {"question": "llmprep quiz {id}", "drill": "llmprep drill {id}", "paper": "llmprep explain {id}"}


def show_found(found: Sequence[Found], terminal: Terminal) -> None:
    """Hits, the nearest first."""
    for hit in found:
        kind = terminal.say(f"kind.{hit.kind}")
        head = f"{kind} · {' '.join(hit.title[terminal.language].split())}"
        terminal.print(marked(head, ((len(kind) + 3, len(head)),), "title"))
        if hit.passage:
            terminal.print(Padding(marked(hit.passage, hit.marks, "good"), (0, 0, 0, 2), expand=False))
        command = _COMMANDS.get(hit.kind)
        if command:
            terminal.print(
                Padding(prose(command.format(id=hit.id), style="faint"), (0, 0, 0, 2), expand=False)
            )
