"""The cards of models/, as the program reads them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from llmprep.content.items import ModelCard
from llmprep.content.library import load_unit

MODELS_FOLDER = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="session")
def models() -> Mapping[str, ModelCard]:
    cards: dict[str, ModelCard] = {}
    for path in sorted(MODELS_FOLDER.glob("*.yaml")):
        unit = load_unit(path)
        assert not unit.problems
        cards |= {entry.id: entry.item for entry in unit.entries}
    return cards
