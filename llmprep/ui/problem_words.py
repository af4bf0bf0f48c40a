"""What failed outside a grade, in one sentence: what, where, how to mend it."""

from __future__ import annotations

from llmprep.content.catalogue import UnknownName
from llmprep.content.items import Language
from llmprep.content.problems import Problem
from llmprep.memory.problems import MemoryProblem
from llmprep.ui.strings import say

_MEMORY: dict[str, tuple[str, str]] = {
    "home-unwritable": (
        "{path} cannot be written ({detail}); nothing was lost. Make it writable, or point $LLMPREP_HOME at another folder.",
        "无法写入 {path}（{detail}），没有丢失任何内容。请给它写权限，或用 $LLMPREP_HOME 指定别的目录。",
    ),
    "disk-full": (
        "The disk with {path} is full; what you had answered is kept. Free some space and start again.",
        "{path} 所在的磁盘已满；已答的都还在。请腾出空间后再试。",
    ),
    "disk-failing": (
        "The disk with {path} reports an error ({detail}); copy your folder to another disk.",
        "{path} 所在的磁盘报告错误（{detail}）；请把你的目录拷到别的磁盘。",
    ),
    "database-corrupt": (
        "{path} is damaged ({detail}); nothing was deleted. `llmprep recover` saves every answer that can be read and keeps the damaged file.",
        "{path} 已损坏（{detail}），没有删除任何内容。运行 `llmprep recover` 可救回所有还能读出的作答，损坏的文件会保留。",
    ),
    "database-newer": (
        "{path} was written by a newer llmprep ({detail}); update with `pip install -U llmprep`.",
        "{path} 是更新版本的 llmprep 写的（{detail}）；请升级：`pip install -U llmprep`。",
    ),
    "database-busy": (
        "{path} is in use by another llmprep; finish there and try again.",
        "{path} 正被另一个 llmprep 使用；请先结束那边再试。",
    ),
    "config-broken": (
        "{where} is not valid TOML ({detail}); correct that line or delete the file.",
        "{where} 不是合法的 TOML（{detail}）；请改正这一行，或删掉该文件。",
    ),
    "config-unreadable": (
        "{path} cannot be read ({detail}); mend that, or point $LLMPREP_HOME at another folder.",
        "无法读取 {path}（{detail}）；请修好它，或用 $LLMPREP_HOME 指定别的目录。",
    ),
    "setting-invalid": (
        "{where}: {key} is {detail}; it must be {expected}.",
        "{where}：{key} 是 {detail}，应为 {expected}。",
    ),
    "clock-broken": (
        "{path} is '{detail}', which is no date and time; write it like {expected} or unset it.",
        "{path} 的值「{detail}」不是日期时间；请写成 {expected} 的形式，或取消设置。",
    ),
}


def memory_problem(problem: MemoryProblem, language: Language) -> str:
    """One sentence about the learner's own files."""
    unreadable = problem.kind == "config-broken" and problem.line is None and problem.key is None
    en, zh = _MEMORY["config-unreadable" if unreadable else problem.kind]
    where = f"{problem.path}:{problem.line}" if problem.line is not None else str(problem.path)
    values = {
        "path": problem.path,
        "where": where,
        "detail": problem.detail,
        "key": problem.key,
        "expected": problem.expected,
    }
    return (zh if language == "zh" else en).format(**values)


_LISTING = {
    "drill": "llmprep drill --list",
    "paper": "llmprep explain --list",
    "topic": "llmprep quiz --list",
    "model": "llmprep compare",
    "node": "llmprep tree",
}
_SEARCHED = ("drill", "paper", "topic")


def unknown_name(problem: UnknownName, language: Language) -> str:
    """An unknown name, with the ones that may have been meant."""
    kind = say(language, f"kind.{problem.kind}")
    parts = [say(language, "error.unknown", kind=kind, name=problem.name)]
    if problem.close:
        names = (" / " if language == "zh" else ", ").join(problem.close)
        parts.append(say(language, "error.did-you-mean", names=names))
    elif problem.kind in _LISTING:
        parts.append(say(language, "error.list", command=_LISTING[problem.kind]))
        if problem.kind in _SEARCHED:
            parts.append(say(language, "error.search", command=f"llmprep search {problem.name}"))
    return ("" if language == "zh" else " ").join(parts)


def content_left_out(problems: list[Problem], language: Language) -> str:
    """Content files that could not be used."""
    files = len({problem.path for problem in problems})
    return say(language, "error.content-left-out", count=files, problem=str(problems[0]))
