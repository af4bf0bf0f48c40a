"""What is said when content and progress are taken along, and when something comes in."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # ---- export
    "export.written": ("Cards written to {path}: {count} ({size}).", "已把 {count} 张卡片写入 {path}（{size}）。"),
    "export.progress": (
        "Your log is written to {path} (entries: {count}); on the other machine: llmprep import progress FILE.",
        "已把 {count} 条学习记录写入 {path}；在另一台机器上运行：llmprep import progress 文件。",
    ),
    "export.error.exists": (
        "'{path}' is there already and was not touched: name another file with --out, or add --force.",
        "「{path}」已经存在，没有改动：请用 --out 换个文件名，或者加 --force。",
    ),
    "export.error.genanki": (
        "Anki packages need genanki: pip install 'llmprep[anki]'.",
        "导出 Anki 牌组需要 genanki：pip install 'llmprep[anki]'。",
    ),
    "export.error.nothing": ("There is no question to write.", "没有可导出的题目。"),
    # ---- import
    "import.progress": (
        "Entries taken in: {new}; here already: {known}. Cards scheduled anew: {cards}.",
        "新增 {new} 条学习记录，{known} 条原本就有；已重新安排 {cards} 张卡片。",
    ),
    "import.questions": (
        "Questions taken in: {count} ({path}). Ask them with llmprep quiz {topic}.",
        "已导入 {count} 道题：{path}。开始答题：llmprep quiz {topic}。",
    ),
    "import.nothing": ("No new question in '{path}'.", "「{path}」里没有新题。"),
    "import.left-out": ("Left out: {reasons}.", "没有导入：{reasons}。"),
    "import.left-out.known": ("here already: {n} (first: {place})", "已经有了 {n} 道（第一条：{place}）"),
    "import.left-out.no-question": ("without a question: {n} (first: {place})", "没有问题 {n} 条（第一条：{place}）"),
    "import.left-out.no-answer": ("without an answer: {n} (first: {place})", "没有答案 {n} 条（第一条：{place}）"),
    "import.place.row": ("row {n}", "第 {n} 行"),
    "import.place.line": ("line {n}", "第 {n} 行"),
    "import.place.note": ("note {n}", "第 {n} 条笔记"),
    "import.renamed": (
        "Taken in under another id, because ours with that id says something else: {n}.",
        "有 {n} 道与自带题目同 id 但内容不同，已换一个 id 导入。",
    ),
    "import.error.unreadable": ("'{path}' cannot be read ({detail}): name another file.", "无法读取「{path}」（{detail}）：请换一个文件。"),
    "import.error.not-progress": (
        "Line {line} of '{path}' is not what llmprep export progress writes; nothing was imported.",
        "「{path}」第 {line} 行不是 llmprep export progress 写出的内容；没有导入任何记录。",
    ),
    "import.error.newer": (
        "'{path}' was written by a newer llmprep (line {line}: version {version}): update with pip install -U llmprep; nothing was imported.",
        "「{path}」是更新版本的 llmprep 写的（第 {line} 行：version {version}）：请升级 pip install -U llmprep；没有导入任何记录。",
    ),
    "import.error.broken": (
        "Line {line} of '{path}' is no entry of a log ({detail}): export it anew; nothing was imported.",
        "「{path}」第 {line} 行不是一条学习记录（{detail}）：请重新导出；没有导入任何记录。",
    ),
    "import.error.short": (
        "'{path}' ends at line {line} with {found} of {expected} entries: export or copy it anew; nothing was imported.",
        "「{path}」到第 {line} 行为止，{expected} 条记录只有 {found} 条：请重新导出或复制；没有导入任何记录。",
    ),
    "import.error.clash": (
        "Line {line} of '{path}' tells otherwise what is recorded here ({uuid}): one of the two was edited; nothing was imported.",
        "「{path}」第 {line} 行与这里的记录不一致（{uuid}）：其中一份被改动过；没有导入任何记录。",
    ),
    "import.error.format": (
        "'{path}' is no CSV, Anki package or Markdown file: its name ends with .csv, .tsv, .apkg, .colpkg or .md.",
        "「{path}」不是 CSV、Anki 牌组或 Markdown：文件名应以 .csv、.tsv、.apkg、.colpkg 或 .md 结尾。",
    ),
    "import.error.columns": (
        "'{path}' has no column for {missing} (its first line says: {found}): name the columns question and answer.",
        "「{path}」没有 {missing} 这一列（首行是：{found}）：请把列命名为 question 和 answer。",
    ),
    "import.error.table": ("Line {line} of '{path}' is no CSV ({detail}): save it as CSV in UTF-8.", "「{path}」第 {line} 行不是 CSV（{detail}）：请另存为 UTF-8 的 CSV。"),
    "import.error.text": ("'{path}' is no text in UTF-8: save it as UTF-8.", "「{path}」不是 UTF-8 文本：请另存为 UTF-8。"),
    "import.error.no-pairs": (
        "'{path}' has no question: write '## question' with its answer below, or lines that begin with Q: and A:.",
        "「{path}」里没有题目：请写成「## 问题」加下面的答案，或以 Q: 和 A: 开头的行。",
    ),
    "import.error.anki": ("'{path}' is no Anki package ({detail}): export it from Anki again.", "「{path}」不是 Anki 牌组（{detail}）：请从 Anki 重新导出。"),
    "import.error.anki-new": (
        "'{path}' is in Anki's new compressed form: export it again with “Support older Anki versions” ticked.",
        "「{path}」是 Anki 新的压缩格式：请在 Anki 导出时勾选「支持旧版 Anki」再导出一次。",
    ),
    "import.error.bank": ("The questions could not be written as content: {detail}", "无法把题目写成内容文件：{detail}"),
}  # fmt: skip
