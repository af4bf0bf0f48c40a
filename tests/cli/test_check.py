"""`drill --check`: what is said about every way in which a file can be wrong, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Language
from llmprep.judge.client import Judge
from llmprep.judge.verdict import Verdict
from llmprep.practice.drill import drill_files
from llmprep.ui import verdict_words
from llmprep.ui.verdict_screen import as_json

PROBLEMS = {
    "missing", "signature", "exception", "shape", "dtype", "nan", "values", "mutated-input",
    "forbidden", "cost", "timeout", "memory", "crashed",
}  # fmt: skip


class Case(NamedTuple):
    """A file, what is wrong with it, and the words in both languages; `line` is the learner's own."""

    source: str
    problem: str
    en: str
    zh: str
    line: str = ""


HEAD = "import torch\ndef attention(q, k, v, mask=None):\n"
CASES = {
    "stub": Case(
        HEAD + "    raise NotImplementedError\n", "missing",
        "`attention` is not written yet.", "`attention` 还没有写。",
    ),
    "not importable": Case(
        "import no_such_module\n", "exception",
        "No module named 'no_such_module'. Line 1", "No module named 'no_such_module'。第 1 行",
        "import no_such_module",
    ),
    "no Python": Case(
        "def attention(q, k, v, mask=None)\n    return v\n", "exception",
        "not valid Python: expected ':'. Line 1", "不是合法的 Python：expected ':'。第 1 行",
        "def attention(q, k, v, mask=None)",
    ),
    "badly indented": Case(
        "import torch\n  import math\n", "exception",
        "not valid Python: unexpected indent. Line 2", "不是合法的 Python：unexpected indent。第 2 行",
        "import math",
    ),
    "empty": Case("", "missing", "Your file does not define `attention`.", "没有定义 `attention`"),
    "missing name": Case(
        "def attend(q, k, v, mask=None):\n    return v\n", "missing",
        "Your file does not define `attention`.", "你的文件里没有定义 `attention`。",
    ),
    "wrong signature": Case(
        "def attention(q, k):\n    return q\n", "signature",
        "`attention` cannot be called as the prompt says: yours takes (q, k)",
        "`attention` 不能按题目的方式调用：你的参数是 (q, k)",
    ),
    "loop": Case(
        HEAD + "    while True:\n        pass\n", "timeout",
        "a loop that never stops?", "是不是有死循环？",
    ),
    "prints": Case(
        HEAD + "    print('x' * 4_000_000)\n    return v\n", "shape",
        "expected (2, 5, 12)", "应为 (2, 5, 12)",
    ),
    "exits": Case(
        HEAD + "    import sys\n    sys.exit(0)\n", "exception",
        "Your code ends the program (sys.exit). Line 4", "调用了 sys.exit，结束了程序。第 4 行",
        "sys.exit(0)",
    ),
    "exits when imported": Case(
        "import sys\nsys.exit()\n", "exception",
        "Your code ends the program (sys.exit). Line 2", "调用了 sys.exit，结束了程序。第 2 行",
        "sys.exit()",
    ),
    "ends the process": Case(
        HEAD + "    import os\n    os._exit(0)\n", "crashed",
        "Your code ended the Python process", "你的代码就结束了 Python 进程",
    ),
    "raises": Case(
        HEAD + "    scores = q @ k\n    return scores\n", "exception",
        "Line 3", "第 3 行", "scores = q @ k",
    ),
    "recursion": Case(
        HEAD + "    return attention(q, k, v, mask)\n", "exception",
        "The recursion never ends. Line 3", "递归没有终点。第 3 行", "return attention(q, k, v, mask)",
    ),
    "memory": Case(
        HEAD + "    return torch.zeros(10**11)\n", "memory",
        "It asks for more memory than a drill can need. Line 3", "申请的内存超出了题目可能需要的量。第 3 行",
        "return torch.zeros(10**11)",
    ),
    "returns nothing": Case(
        HEAD + "    pass\n", "shape", "You return None; expected Tensor", "你返回了 None，应为 Tensor",
    ),
    "forbidden": Case(
        HEAD + "    return torch.nn.functional.scaled_dot_product_attention(q, k, v, mask)\n", "forbidden",
        "does not allow torch.nn.functional.scaled_dot_product_attention (line 3)",
        "（第 3 行）：这正是要手写的部分",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The real content."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        opened = Catalogue.open()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def judge(catalogue: Catalogue) -> Iterator[Judge]:
    """One judge for all: it is what takes time to start."""
    with Judge(hidden=(catalogue.root,)) as started:
        yield started


@pytest.fixture(scope="module", params=list(CASES))
def graded(request: pytest.FixtureRequest, catalogue: Catalogue, judge: Judge) -> tuple[Case, Verdict]:
    """Each file, graded once."""
    case = CASES[request.param]
    files = drill_files(catalogue, "attention")
    return case, judge.grade(files, case.source.encode(), "/home/wang/attention.py", seed=5)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_wrong_file_gets_its_own_sentence(graded: tuple[Case, Verdict], language: Language) -> None:
    case, verdict = graded
    assert not verdict.passed
    first = verdict.first_failure
    assert first is not None and first.problem == case.problem
    said = verdict_words.message(first, language)
    assert case[2 if language == "en" else 3] in said
    assert case.line in said
    assert "/home/wang" not in said


def test_the_object_for_programs_has_the_promised_shape(graded: tuple[Case, Verdict]) -> None:
    _, verdict = graded
    shown = json.loads(json.dumps(as_json(verdict, "zh"), ensure_ascii=False))
    assert list(shown) == ["drill", "passed", "seed", "probes", "mistakes", "seconds"]
    assert (shown["drill"], shown["passed"], shown["seed"]) == ("attention", False, 5)
    assert isinstance(shown["seconds"], float) and all(isinstance(name, str) for name in shown["mistakes"])
    assert shown["probes"]
    for probe in shown["probes"]:
        assert list(probe) == ["id", "variation", "passed", "problem", "message"]
        assert (probe["problem"] is None) == probe["passed"] == (probe["message"] == "")
        assert probe["problem"] is None or probe["problem"] in PROBLEMS
    assert any(probe["problem"] for probe in shown["probes"])


def test_megabytes_of_prints_are_cut(catalogue: Catalogue, judge: Judge) -> None:
    verdict = judge.grade(
        drill_files(catalogue, "attention"), CASES["prints"].source.encode(), "attention.py"
    )
    assert 0 < len(verdict.printed) <= 10_000


# ------------------------------------------------------------- how it ends


def check(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "llmprep", "drill", *arguments]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, timeout=120
    )


def test_a_right_file_ends_with_0(catalogue: Catalogue, tmp_path: Path, home: Path) -> None:
    right = catalogue.root / "solutions" / "attention" / "reference.py"
    file = tmp_path / "attention.py"
    file.write_bytes(right.read_bytes())
    done = check("--check", str(file), "--json", "--seed", "11")  # the drill's name is the file's
    shown: dict[str, Any] = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert shown["passed"] and shown["seed"] == 11 and shown["mistakes"] == []
    assert all(probe["passed"] for probe in shown["probes"])
    assert not (home / "progress.db").exists()  # checking is not practising


def test_a_wrong_file_ends_with_1_and_is_told_by_name(tmp_path: Path) -> None:
    file = tmp_path / "attention.py"
    file.write_text(HEAD + "    return (q @ k.transpose(-2, -1)).softmax(-1) @ v\n", encoding="utf-8")
    done = check("attention", "--check", str(file), "--lang", "zh")
    assert done.returncode == 1
    assert "✗ 还没对" in done.stdout and "\x1b" not in done.stdout
    assert "√d_k" in done.stdout


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "cannot be read: No such file or directory"), ("zh", "请给出一个 Python 文件的路径")],
)
def test_a_missing_file_ends_with_2(
    llmprep: Callable[..., Any], tmp_path: Path, language: str, words: str
) -> None:
    for path in (tmp_path / "none.py", tmp_path):
        done = llmprep("drill", "attention", "--check", str(path), "--lang", language)
        assert (done.status, done.out) == (2, "")
        assert str(path) in done.err
    assert (
        words in llmprep("drill", "attention", "--check", str(tmp_path / "none.py"), "--lang", language).err
    )


def test_a_file_whose_name_is_no_drill_asks_which_one(llmprep: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "atention.py"
    file.write_text("", encoding="utf-8")
    done = llmprep("drill", "--check", str(file))
    assert done.status == 2
    assert "Did you mean attention" in done.err
