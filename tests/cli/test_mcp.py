"""`llmprep mcp`, driven by the SDK's own client over standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from llmprep.content.locate import content_root

mcp = pytest.importorskip("mcp")
LORA = content_root() / "solutions" / "lru-cache" / "reference.py"


def session(conversation: Callable[[Any], Awaitable[None]]) -> None:
    """Talk to a server of one's own."""

    async def talk() -> None:
        program = str(Path(sys.executable).with_name("llmprep"))
        server = mcp.StdioServerParameters(
            command=program, args=["mcp", "--lang", "en"], env=dict(os.environ)
        )
        async with mcp.Client(server) as client:
            await conversation(client)

    asyncio.run(asyncio.wait_for(talk(), 120))


def text(result: Any) -> str:
    return "".join(part.text for part in result.content)


def data(result: Any) -> Any:
    assert not result.is_error, text(result)
    found = result.structured_content
    return found["result"] if set(found) == {"result"} else found


def test_an_assistant_lists_asks_and_checks(home: Path) -> None:
    async def conversation(client: Any) -> None:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert tools == {
            "list_topics", "list_drills", "list_papers", "ask_question", "check_answer", "drill_prompt",
            "drill_hint", "grade_drill", "drill_solution", "explain_paper",
        }  # fmt: skip
        assert len(data(await client.call_tool("list_topics", {}))) > 20
        asked = data(await client.call_tool("ask_question", {"topic": "attention"}))
        assert asked["topic"] == "attention" and "answer" not in asked
        empty = await client.call_tool("check_answer", {"question": "sqrt-dk", "answer": "  "})
        assert empty.is_error and "answer first" in text(empty)
        typed = "The variance of q·k is d_k, so softmax would saturate and its gradients vanish."
        checked = data(await client.call_tool("check_answer", {"question": "sqrt-dk", "answer": typed}))
        assert checked["said"] and checked["answer"] and checked["perhaps_reversed"] == []
        wrong = {"question": "sqrt-dk", "answer": "Without it softmax does not saturate."}
        assert data(await client.call_tool("check_answer", wrong))["perhaps_reversed"] != []
        told = data(await client.call_tool("explain_paper", {"paper": "lora"}))
        assert told["beats"][0]["name"] == "background"
        unknown = await client.call_tool("explain_paper", {"paper": "lorra"})
        assert unknown.is_error and "Did you mean lora" in text(unknown)

    session(conversation)


def test_no_solution_before_a_pass(home: Path) -> None:
    async def conversation(client: Any) -> None:
        prompt = data(await client.call_tool("drill_prompt", {"drill": "lru-cache"}))
        reference = LORA.read_text("utf-8")
        assert reference not in json.dumps(prompt)
        refused = await client.call_tool("drill_solution", {"drill": "lru-cache"})
        assert refused.is_error and "passed the drill or given it up" in text(refused)
        first = data(await client.call_tool("drill_hint", {"drill": "lru-cache"}))
        second = data(await client.call_tool("drill_hint", {"drill": "lru-cache"}))
        assert (first["number"], second["number"]) == (1, 2)
        failed = data(await client.call_tool("grade_drill", {"drill": "lru-cache"}))
        assert failed["passed"] is False
        assert (await client.call_tool("drill_solution", {"drill": "lru-cache"})).is_error
        Path(prompt["file"]).write_text(reference, "utf-8")
        passed = data(await client.call_tool("grade_drill", {"drill": "lru-cache"}))
        assert passed["passed"] is True
        assert text(await client.call_tool("drill_solution", {"drill": "lru-cache"})) == reference

    session(conversation)


def test_giving_up_in_the_terminal_earns_it_too(home: Path) -> None:
    from llmprep.content.catalogue import Catalogue
    from llmprep.memory.settings import Settings
    from llmprep.practice.assistant import Assistant, NotYet
    from llmprep.practice.drill import DrillSession

    assistant = Assistant(Catalogue.open(), Settings(), "en")
    with pytest.raises(NotYet):
        assistant.solution("lru-cache")
    DrillSession.begin(assistant.catalogue, assistant.store, "lru-cache").give_up()
    assert assistant.solution("lru-cache") == LORA.read_text("utf-8")
    with pytest.raises(NotYet):
        assistant.solution("token-bucket")
    assistant.close()
