"""`llmprep mcp`: the program as tools for an AI assistant (Model Context Protocol on standard input and output)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from llmprep.cli.exit_codes import Exit
from llmprep.cli.options import Lang

if TYPE_CHECKING:
    from llmprep.practice.assistant import Assistant

ResultT = TypeVar("ResultT")
INSTRUCTIONS = (
    "Practise for interviews about large language models with the learner. Ask before you tell: a question's answer "
    "comes back only with the learner's own answer, a drill's solution only after a pass or after the learner gave "
    "up in the terminal. Never write the learner's drill file for them; give hints one at a time."
)


def mcp(lang: Lang = None) -> None:
    """Serve an AI assistant over standard input and output (needs the extra `mcp`)."""
    from llmprep.cli.context import App
    from llmprep.practice.assistant import Assistant

    opened = App(lang)
    try:
        import mcp.server.mcpserver  # noqa: F401
    except ImportError:
        opened.fail(opened.terminal.say("assistant.no-library"), Exit.FAILED)
    assistant = Assistant(opened.catalogue, opened.settings, opened.language)
    try:
        make_server(assistant).run("stdio")
    finally:
        assistant.close()


def make_server(assistant: Assistant) -> Any:
    """A server with every tool; problems reach the assistant as one sentence."""
    from mcp.server.mcpserver import MCPServer

    server = MCPServer("llmprep", instructions=INSTRUCTIONS)

    # Asynchronous without waiting: all of them run on the thread that opened the log.
    @server.tool()
    async def list_topics() -> list[dict[str, Any]]:
        """Topics of the question banks, with how many questions each has."""
        return said(assistant, assistant.topics)

    @server.tool()
    async def list_drills() -> list[dict[str, Any]]:
        """Coding drills: what the learner writes by hand."""
        return said(assistant, assistant.drills)

    @server.tool()
    async def list_papers() -> list[dict[str, Any]]:
        """Papers with a five-minute talk."""
        return said(assistant, assistant.papers)

    @server.tool()
    async def ask_question(topic: str | None = None) -> dict[str, Any]:
        """The question that is due now, or the next new one; without its answer."""
        return said(assistant, lambda: assistant.ask(topic) or {"done": True})

    @server.tool()
    async def check_answer(question: str, answer: str) -> dict[str, Any]:
        """Check the learner's own answer to an open question point by point; records it and gives the model answer."""
        return said(assistant, lambda: assistant.answer(question, answer))

    @server.tool()
    async def drill_prompt(drill: str) -> dict[str, Any]:
        """What the learner is to write, and in which file."""
        return said(assistant, lambda: assistant.prompt(drill))

    @server.tool()
    async def drill_hint(drill: str) -> dict[str, Any]:
        """The next hint for a drill."""
        return said(assistant, lambda: assistant.hint(drill))

    @server.tool()
    async def grade_drill(drill: str) -> dict[str, Any]:
        """Grade the learner's file with the hidden tests; says what differs and names the mistake."""
        from llmprep.ui.verdict_screen import as_json

        return said(assistant, lambda: as_json(assistant.grade(drill), assistant.language))

    @server.tool()
    async def drill_solution(drill: str) -> str:
        """The reference solution; only after the learner has passed or given up."""
        return said(assistant, lambda: assistant.solution(drill))

    @server.tool()
    async def explain_paper(paper: str, part: str = "talk") -> dict[str, Any]:
        """A paper's talk; part is talk, numbers or questions."""
        return said(assistant, lambda: assistant.explain(paper, part))

    return server


def said(assistant: Assistant, call: Callable[[], ResultT]) -> ResultT:
    """The result of a call, or its problem as one sentence that the assistant reads."""
    from mcp.server.mcpserver.exceptions import ToolError

    from llmprep.content.catalogue import UnknownName
    from llmprep.memory.problems import MemoryProblem
    from llmprep.practice.assistant import NotYet
    from llmprep.ui import problem_words
    from llmprep.ui.strings import say

    try:
        return call()
    except NotYet as problem:
        raise ToolError(say(assistant.language, str(problem))) from None
    except UnknownName as problem:
        raise ToolError(problem_words.unknown_name(problem, assistant.language)) from None
    except MemoryProblem as problem:
        raise ToolError(problem_words.memory_problem(problem, assistant.language)) from None
