"""References are checked here against implementations that are not ours."""

from __future__ import annotations

import importlib.util
import types
from collections.abc import Callable

import pytest

from llmprep.content.locate import content_root


@pytest.fixture(scope="session")
def reference() -> Callable[[str], types.ModuleType]:
    """`reference("attention")` is the module `solutions/attention/reference.py`."""

    def load(drill: str) -> types.ModuleType:
        path = content_root() / "solutions" / drill / "reference.py"
        spec = importlib.util.spec_from_file_location(f"reference_{drill.replace('-', '_')}", path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load
