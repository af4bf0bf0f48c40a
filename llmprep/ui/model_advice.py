"""Asking the learner's own model while the learner waits: whatever goes wrong, the practice goes on."""

from __future__ import annotations

from llmprep.content.items import Point, Text
from llmprep.memory.settings import ModelSettings
from llmprep.practice.model_judge import Advice, ModelFailed, ask_model
from llmprep.ui.terminal import Terminal


def advice_on(
    model: ModelSettings | None, question: Text, points: tuple[Point, ...], typed: str, terminal: Terminal
) -> Advice | None:
    """What the model says of a typed answer; None without a model, an answer, or a reply that can be used.

    Raises:
        KeyboardInterrupt: the learner did not want to wait.
    """
    if model is None or not typed.strip():
        return None
    try:
        with terminal.waiting("model.waiting"):
            return ask_model(model, question, points, typed)
    except ModelFailed as failed:
        terminal.line("model.failed", style="warn", reason=failed)
        return None
