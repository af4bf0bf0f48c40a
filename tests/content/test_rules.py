"""Every rule: one fault each, reported once, at its line, with how to mend it."""

from __future__ import annotations

import pytest

BANK, PAPER, DRILL = "questions/attention.yaml", "papers/transformer.yaml", "drills/double/drill.yaml"
MISTAKES, MODELS, REFERENCES = (
    "solutions/double/mistakes.yaml",
    "models/transformer.yaml",
    "papers/references.yaml",
)
NOTES = "solutions/double/notes.yaml"


def check(content, path: str, old: str, new: str, words: str, at: str = "") -> None:
    """Change a place; one problem is reported, on the line that contains `at`, else on the first changed."""
    content.change(path, old, new)
    said = content.said()
    assert len(said) == 1, said
    assert words in said[0]
    line = content.line(path, at or new.splitlines()[0].strip())
    assert said[0].startswith(f"{path}:{line}: ")


def cases(*given: tuple[str, ...]) -> list[tuple[str, ...]]:
    """(old, new, words, at) where `at` may be left out."""
    return [(*case, "")[:4] for case in given]


@pytest.mark.parametrize(
    ("old", "new", "words", "at"),
    cases(
        (
            "- id: score-bytes",
            "- id: Score_Bytes",
            "not lower-case-with-hyphens; did you mean 'score-bytes'?",
        ),
        ("- id: score-bytes", "- id: score/bytes", "use a-z, 0-9 and hyphens"),
        (
            "    level: 1\n",
            "    level: 1\n    compute: 1 + 1\n",
            "exactly one of points, choices and compute",
            "id: sqrt-dk",
        ),
        (
            "any: [variance, 方差]",
            "any: []",
            "'q·k has variance d_k' is recognised by nothing; give it any:",
            "en: q·k has",
        ),
        (
            "any: [variance, 方差]",
            "any: [variance, ' ']",
            "a phrase of the point 'q·k has variance d_k' is empty",
        ),
        (
            "any: [saturate, 饱和]",
            "all: [[saturate, 饱和]]",
            "'all' of the point 'softmax would saturate' has one group",
        ),
        (
            "any: [saturate, 饱和]",
            "any: [saturate, 饱和]\n        about: [softmax]",
            "the point 'softmax would saturate' is about what every other such point is about; name what",
            "about: [softmax]",
        ),
        (
            "any: [saturate, 饱和]",
            "any: [saturate, 饱和]\n        unlike: [relu]",
            "'unlike' of the point 'softmax would saturate' is compared to nothing",
            "unlike: [relu]",
        ),
        ("any: [saturate, 饱和]", "any: [Variance, 饱和]", "the phrase 'Variance' is given twice"),
        (
            "key, right: true}",
            "key, right: false, why: {en: No., zh: 不。}}",
            "not exactly one right choice",
            "choices:",
        ),
        (
            "why: {en: Heads do not mix., zh: 各 head 互不影响。}",
            "right: true",
            "not exactly one right choice",
            "choices:",
        ),
        (
            "{en: heads, zh: head, why: {en: Heads do not mix., zh: 各 head 互不影响。}}",
            "{en: heads, zh: head}",
            "'heads' does not say why it is wrong",
        ),
        (
            "{en: heads, zh: head,",
            "{en: Queries, zh: head,",
            "two choices read 'Queries'; make every choice different",
        ),
        ("vary: {heads: [8, 16], tokens", "vary: {heads: [], tokens", "'heads' has no values"),
        ("vary: {heads: [8, 16], tokens", "vary: {heads: [8, 8], tokens", "'heads' has a value twice"),
        ("tolerance: 1%", "tolerance: '0.01'", "the tolerance '0.01' is no percentage"),
        ("tolerance: 1%", "tolerance: 0%", "the tolerance is 0%; give more than 0% and at most 25%"),
        ("tolerance: 1%", "tolerance: 50%", "the tolerance is 50%"),
        ("of {heads} heads", "of {heads heads", "the braces of ask are not in pairs"),
        ("of {heads} heads", "of }{heads} heads", "the braces of ask are not in pairs"),
        ("of {heads} heads", "of {heads} heads {layers}", "{layers} in ask is not in vary"),
        ("of {heads} heads", "of {heads:,} heads", "{heads} in ask is more than a name"),
        ("of {heads} heads", "of eight heads", "ask does not say {heads}, so nobody can compute it"),
        (
            "en: Heads times tokens squared times four.",
            "en: 'Heads times {tokens}.'",
            "{tokens} in answer would be printed as it stands",
        ),
        (
            "    drills: [double]\n    source",
            "    drills: [dubble]\n    source",
            "no drill 'dubble'; did you mean 'double'?",
        ),
        (
            "then: [which-axis]",
            "then: [which-axes]",
            "there is no question 'which-axes'; did you mean 'which-axis'?",
        ),
        ("then: [which-axis]", "then: [sqrt-dk]", "its own id stands in then"),
        ("then: [which-axis]", "then: [which-axis, which-axis]", "'which-axis' stands twice in then"),
        (
            "    source: vaswani §3.2.2",
            "    source: vaswany §3.2.2",
            "names no known work; did you mean 'vaswani'?",
        ),
        (
            "    source: vaswani §3.2.2",
            "    source: vaswani §3.2.2; nobody",
            "the source 'nobody' names no known work",
        ),
        ("    level: 1\n", "    revision: 0\n    level: 1\n", "the revision is 0; count from 1"),
        (
            "en: Attention, zh: 注意力}\nquestions",
            "en: Attention, zh: ' '}\nquestions",
            "a text is empty in zh",
            "title:",
        ),
    ),
)
def test_a_question(content, old: str, new: str, words: str, at: str) -> None:
    check(content, BANK, old, new, words, at)


def test_a_point_stands_once(content) -> None:
    content.change(BANK, "- en: softmax would saturate", "- en: Q·K has variance d_k")
    content.change(BANK, "zh: 否则 softmax 会饱和", "zh: 方差是 d_k")
    line = content.line(BANK, "- en: Q·K")
    assert content.said() == [
        f"{BANK}:{line}: question 'sqrt-dk': the point 'Q·K has variance d_k' stands twice; keep one of them."
    ]


@pytest.mark.parametrize(("kept", "words"), [(1, "it has 2 choices"), (5, "it has 6 choices")])
def test_three_to_five_choices(content, kept: int, words: str) -> None:
    extra = "".join(
        f"      - {{en: option {n}, zh: 选项 {n}, why: {{en: No., zh: 不。}}}}\n" for n in range(kept)
    )
    text = (content.root / BANK).read_text(encoding="utf-8")
    wrong = [line for line in text.splitlines(keepends=True) if ", why: {" in line]
    content.write(BANK, text.replace("".join(wrong), extra))
    assert [words in line and "give three to five" in line for line in content.said()] == [True]


def test_an_open_question_needs_an_answer_and_a_choice_question_does_not(content) -> None:
    content.change(
        BANK,
        "    answer: {en: Heads times tokens squared times four., zh: 头数乘 token 数的平方再乘四。}\n",
        "",
    )
    assert "question 'score-bytes': it has no answer" in content.said()[0]


def test_an_answer_is_short_enough_to_be_said(content) -> None:
    content.change(BANK, "en: Heads times tokens squared times four.", "en: " + "word " * 188)
    content.change(BANK, "zh: 头数乘 token 数的平方再乘四。", "zh: " + "字" * 326)
    chinese, english = content.said()
    assert "the English answer takes 75 s aloud (188 words); cut it to 187 words" in english
    assert "the Chinese answer takes 75 s aloud (326 characters); cut it to 325 characters" in chinese


def test_a_computed_question_varies_something(content) -> None:
    content.change(BANK, "    vary: {heads: [8, 16], tokens: [1024, 4096]}\n", "")
    content.change(BANK, "of {heads} heads at {tokens} tokens", "of 8 heads at 1024 tokens")
    content.change(BANK, "{heads} 个 head、{tokens} 个 token", "8 个 head、1024 个 token")
    assert ["varies nothing" in line for line in content.said()] == [True]


def test_braces_are_free_in_questions_without_numbers(content) -> None:
    content.change(BANK, "en: Why divide by √d_k?", "en: 'Why is the set {q, k} scaled?'")
    assert content.said() == []


@pytest.mark.parametrize(
    ("old", "new", "words", "at"),
    cases(
        (
            "name: core",
            "name: impact",
            "the beats are not background, core, details, impact, followups",
            "beats:",
        ),
        ("seconds: 120", "seconds: 180", "the beats take 360 s together; plan 300", "beats:"),
        ("seconds: 60\n    say: {en: It", "seconds: 0\n    say: {en: It", "the beat 'followups' takes 0 s"),
        ("    points: [{en: attend, zh: 看}]\n", "", "the beat 'core' has no points", "name: core"),
        ("  - {en: Third., zh: 第三。}\n", "", "contributions has 2 entries; give 3", "contributions:"),
        (
            "  - {en: Quadratic., zh: 平方复杂度。}\n",
            "  []\n",
            "limits is empty; add at least one",
            "limits:",
        ),
        ('- [base, "512"]', '- [base, "512", more]', "a row of 'Sizes' has 3 cells and not 2"),
        ('rows:\n      - [base, "512"]', "rows: []", "the table 'Sizes' has no rows", "caption:"),
        (
            "- {tex: Q, en: queries",
            "- {tex: '\\alpha_i', en: queries",
            "the symbol '\\alpha_i' is not in the formula",
        ),
        ("link: arXiv:1706.03762", "link: arxiv 1706", "the link 'arxiv 1706' leads nowhere"),
        ("year: 2017\nvenue", "year: 17\nvenue", "the year is 17"),
        ("drills: [double]", "drills: [triple]", "there is no drill 'triple'"),
        ("questions: [sqrt-dk]", "questions: [sqrt]", "there is no question 'sqrt'"),
        ("source: vaswani Table 3", "source: Table 3", "the source 'Table 3' names no known work"),
    ),
)
def test_a_paper(content, old: str, new: str, words: str, at: str) -> None:
    check(content, PAPER, old, new, words, at)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "It *grows* with **d_k**.", "Markdown is printed as it stands, near 's* with **d_k**.'"),
        ("en", "It [grows](https://example.org).", "Markdown is printed as it stands"),
        ("en", "It grows with \\sqrt d.", "TeX is printed as it stands, near"),
        ("en", "It grows with d_{k}.", "TeX is printed as it stands, near"),
        ("en", "It grows with `d_k.", "a backtick has no partner"),
        ("en", "It grows, 随 d_k.", "the English text has Chinese in it, near"),
        ("en", " ", "a text is empty in en"),
        ("zh", "方差增长,然后平了。", "half-width punctuation in Chinese, near '方差增长,然后平了。'"),
        ("zh", "方差增长.", "half-width punctuation in Chinese"),
        ("zh", "方差随d_k 增长。", "Chinese and Latin touch, near '方差随d_k 增长。'"),
        ("zh", "第 3层。", "Chinese and Latin touch"),
        ("zh", "用 \\frac 表示。", "TeX is printed as it stands"),
    ],
)
def test_a_text_is_plain_prose_in_its_own_language(content, language: str, text: str, words: str) -> None:
    old = {"en": "It grows with d_k.", "zh": "方差随 d_k 增长。"}[language]
    check(content, PAPER, f"{language}: {old}", f"{language}: '{text}'", words)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "方差`x.var(-1)`，见 `a,b` 与 `**kwargs`。"),
        ("zh", "softmax（QKᵀ/√d_k）：见 §3.2，约 1.5 倍。"),
        ("zh", "base 12/768/12, 110M"),
        ("en", "It is 2 * 3 * 4, or x_1 ** 2?"),
        ("en", "$4.6M for a[i](x) of it"),
    ],
)
def test_what_only_looks_like_a_fault_is_none(content, language: str, text: str) -> None:
    old = {"en": "It grows with d_k.", "zh": "方差随 d_k 增长。"}[language]
    text = text.replace(" ** 2", "²").replace("a[i](x)", "a[i]")
    content.change(PAPER, f"{language}: {old}", f"{language}: '{text}'")
    assert content.said() == []


def test_a_short_text_may_be_the_same_in_both_languages(content) -> None:
    content.change(
        PAPER, "{en: Recurrence is slow., zh: 循环太慢。}", "{en: base 12/768/12, zh: base 12/768/12}"
    )
    assert content.said() == []


def test_a_long_text_is_not_the_same_in_both_languages(content) -> None:
    sentence = "Nothing but attention is used anywhere"
    content.change(PAPER, "{en: Recurrence is slow., zh: 循环太慢。}", f"{{en: {sentence}, zh: {sentence}}}")
    assert ["repeats the English one; write it natively" in line for line in content.said()] == [True]


def test_a_beat_fits_its_seconds_with_some_slack(content) -> None:
    content.change(PAPER, "en: Recurrence is slow.", "en: " + "word " * 86)
    content.change(PAPER, "zh: 循环太慢。", "zh: " + "字" * 149)
    assert content.said() == []
    content.change(PAPER, "en: " + "word " * 86, "en: " + "word " * 87)
    content.change(PAPER, "zh: " + "字" * 149, "zh: " + "字" * 150)
    chinese, english = content.said()
    assert (
        "the beat 'background' takes 35 s aloud in English (87 words), not 30; cut it to 86 words" in english
    )
    assert "35 s aloud in Chinese (150 characters), not 30; cut it to 149 characters" in chinese


def test_a_talk_fits_five_minutes(content) -> None:
    text = (content.root / PAPER).read_text(encoding="utf-8")
    text = text.replace("seconds: 30", "seconds: 60").replace("seconds: 120", "seconds: 60")
    for words, zh in (("Recurrence is slow.", "循环太慢。"), ("Attend to everything.", "全都看。"),
                      ("Scale the scores.", "缩放分数。"), ("Everyone uses it.", "人人都用。"),
                      ("It is quadratic.", "复杂度是平方。")):  # fmt: skip
        text = text.replace(words, "word " * 151).replace(zh, "字" * 261)
    content.write(PAPER, text)
    assert {line.split(": ", 2)[2] for line in content.said()} == {
        "the English talk has 755 words; cut it to 750: five minutes aloud.",
        "the Chinese talk has 1305 characters; cut it to 1300: five minutes aloud.",
    }


@pytest.mark.parametrize(
    ("old", "new", "words", "at"),
    cases(
        (
            "  - {en: 2·x, zh: 乘二}\n",
            "",
            "it has 3 hints; give four: idea, formula, shape plan, almost code",
            "hints:",
        ),
        ("names: [double]", "names: []", "it names nothing to write"),
        ("names: [double]", "names: [double, 2x]", "'2x' is no name in Python"),
        ("names: [double]", "names: [double, class]", "'class' is no name in Python"),
        ("forbid: [torch.ldexp]", "forbid: [mul]", "'mul' in forbid is no name in torch; write it in full"),
        ("forbid: [torch.ldexp]", "forbid: [torch.ldexp()]", "'torch.ldexp()' in forbid is no name in torch"),
        (
            "forbid: [torch.ldexp]",
            "forbid: [numpy.multiply]",
            "'numpy.multiply' in forbid is no name in torch",
        ),
        ("then: [sqrt-dk]", "then: []", "no question follows it"),
        ("then: [sqrt-dk]", "then: [sqrt-dq]", "there is no question 'sqrt-dq'; did you mean 'sqrt-dk'?"),
        ("papers: [transformer]", "papers: [transformers]", "did you mean 'transformer'?"),
        ("papers: [transformer]", "needs: [double]", "its own id stands in needs"),
        ("minutes: 5", "minutes: 0", "it takes 0 minutes"),
        ("minutes: 5", "revision: -1\nminutes: 5", "the revision is -1"),
        ("source: vaswani §1", "source: ''", "the source '' names no known work"),
    ),
)
def test_a_drill(content, old: str, new: str, words: str, at: str) -> None:
    check(content, DRILL, old, new, words, at)


def test_the_prompt_mentions_what_is_to_be_written(content) -> None:
    content.change(DRILL, "zh: 写出 `double(x)`，返回 2·x。", "zh: 写出函数，返回 2·x。")
    assert ["the prompt does not mention 'double' in zh" in line for line in content.said()] == [True]


def test_drills_that_need_each_other_in_a_circle(content) -> None:
    content.change(DRILL, "papers: [transformer]", "needs: [third]")
    drill = (content.root / DRILL).read_text(encoding="utf-8").replace("aliases: [twice]", "aliases: []")
    content.write(
        "drills/second/drill.yaml", drill.replace("order: 1", "order: 2").replace("[third]", "[double]")
    )
    content.write(
        "drills/third/drill.yaml", drill.replace("order: 1", "order: 3").replace("[third]", "[second]")
    )
    said = content.said()
    assert len(said) == 3
    assert "drill 'double': it needs itself: double → third → second → double; break the circle." in said[0]


def test_a_drill_in_front_of_a_circle_is_not_part_of_it(content) -> None:
    content.change(DRILL, "papers: [transformer]", "needs: [second]")
    drill = (content.root / DRILL).read_text(encoding="utf-8").replace("aliases: [twice]", "aliases: []")
    content.write(
        "drills/second/drill.yaml", drill.replace("order: 1", "order: 2").replace("[second]", "[third]")
    )
    content.write("drills/third/drill.yaml", drill.replace("order: 1", "order: 3"))
    assert ["drill 'double'" in line for line in content.said()] == [False, False]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('  swap: {"2 * x": "3 * x"}\n', "", "not exactly one of swap and file"),
        (
            '  swap: {"2 * x": "3 * x"}\n',
            '  swap: {"2 * x": "3 * x"}\n  file: w.py\n',
            "exactly one of swap and file",
        ),
        (
            '  swap: {"2 * x": "3 * x"}\n',
            '  swap: {"2 * x": "2 * x"}\n',
            "the swap of '2 * x' changes nothing",
        ),
        ("  zh: 乘成了 3。\n", "  zh: 乘成了 3。\n  concept: sqrt\n", "there is no question 'sqrt'"),
        ("- id: times-3\n", "- id: times-4\n", "the mistake id 'double/times-4' is taken (mistakes.yaml:"),
        (
            "- id: times-3\n",
            "- id: Times3\n",
            "the id is not lower-case-with-hyphens; did you mean 'times3'?",
        ),
    ],
)
def test_a_mistake(content, old: str, new: str, words: str) -> None:
    content.change(MISTAKES, old, new)
    said = content.said()
    assert len(said) == 1
    assert words in said[0]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("kv_heads: 8", "kv_heads: 3", "8 heads cannot share 3 kv_heads"),
        ("layers: 6", "layers: 0", "layers is 0"),
        ("source: vaswani Table 3", "source: somewhere", "the source 'somewhere' names no known work"),
    ],
)
def test_a_model(content, old: str, new: str, words: str) -> None:
    check(content, MODELS, old, new, words)


def test_notes_are_sourced(content) -> None:
    check(content, NOTES, "source: vaswani §1", "source: a blog", "the source 'a blog' names no known work")


def test_a_reference_leads_somewhere_and_is_not_a_talk(content) -> None:
    content.write(
        REFERENCES,
        '- {id: vaswani, title: A, year: 2017, link: "arXiv:17"}\n'
        '- {id: transformer, title: B, year: 2017, link: "https://example.org/b"}\n',
    )
    first, second = content.said()
    assert first.startswith(f"{REFERENCES}:1: reference 'vaswani': the link 'arXiv:17' leads nowhere")
    assert second.startswith(f"{REFERENCES}:2: reference 'transformer': there is a talk with this id")


# ---------------------------------------------------------------- between items


def test_an_id_is_taken_once_in_all_banks(content) -> None:
    bank = (content.root / BANK).read_text(encoding="utf-8")
    one = (
        bank[: bank.index("  - id: which-axis")]
        .replace("Why divide by √d_k?", "Why?")
        .replace("除以 √d_k", "这样")
    )
    content.write("questions/other.yaml", one)
    assert content.said() == [
        "questions/other.yaml:3: the question id 'sqrt-dk' is taken (attention.yaml:3); choose another id."
    ]


def test_the_same_question_is_asked_once(content) -> None:
    bank = (content.root / BANK).read_text(encoding="utf-8")
    one = bank[: bank.index("  - id: which-axis")].replace("id: sqrt-dk", "id: other")
    content.write(
        "questions/other.yaml", one.replace("Why divide by", "why  Divide by").replace("为什么除", "为啥除")
    )
    assert content.said() == [
        "questions/other.yaml:3: question 'other' asks the same as 'sqrt-dk' (attention.yaml:3); "
        "keep one of them, or ask something else."
    ]


def test_every_drill_and_paper_has_its_own_place(content) -> None:
    drill = (content.root / DRILL).read_text(encoding="utf-8").replace("[twice]", "[]")
    content.write("drills/again/drill.yaml", drill)
    assert ["drill 'double': 'again' has order 1, too; give every one its own place" in line
            for line in content.said()] == [True]  # fmt: skip
    content.write("drills/again/drill.yaml", drill.replace("order: 1", "order: 2"))
    paper = (content.root / PAPER).read_text(encoding="utf-8").replace("[aiayn]", "[]")
    content.write("papers/zz.yaml", paper)
    assert ["paper 'zz': 'transformer' has order 1, too" in line for line in content.said()] == [True]


@pytest.mark.parametrize(
    ("alias", "words"),
    [
        ("double", "the alias 'double' is the id of drill 'double'"),
        ("Again", "the alias 'Again' is the id of drill 'again'"),
        ("twice", None),
        ("x2, X2", "the alias 'X2' is an alias of drill 'double' already"),
    ],
)
def test_an_alias_means_one_thing(content, alias: str, words: str | None) -> None:
    drill = (content.root / DRILL).read_text(encoding="utf-8")
    content.write(
        "drills/again/drill.yaml", drill.replace("order: 1", "order: 2").replace("[twice]", "[other]")
    )
    content.change(DRILL, "aliases: [twice]", f"aliases: [{alias}]")
    assert [words in line for line in content.said()] == ([] if words is None else [True])


def test_what_is_not_written_yet_is_reported_once_for_both_languages(content) -> None:
    content.change(BANK, "{en: Why divide by √d_k?, zh: 为什么除以 √d_k？}", "{en: TODO ask, zh: TODO}")
    assert content.said() == [f"{BANK}:4: 'questions.0.ask' is not written yet; replace the TODO."]
    content.change(BANK, "{en: TODO ask, zh: TODO}", "{en: Why?, zh: TODO}")
    assert content.said() == [f"{BANK}:4: 'questions.0.ask.zh' is not written yet; replace the TODO."]
