"""Whether a clause says the opposite of another one: a negation or an antonym where the other has none.

"Multiply by √d_k" has the words of "divide by √d_k" but one. What a clause says is compared with what the
author of the answer says in the clause with the same phrase; only a difference between the two counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

OPPOSITES: tuple[tuple[str, str], ...] = (
    (r"multipl\w*|times|乘", r"divid\w*|division|除以|除(?!了)"),
    (
        r"increas\w*|grow\w*|rise\w*|rising|larger|bigger|higher|more|增大|增加|变大|升高|上升|更大|更多|更高|越大|越多|变多|提高",
        r"decreas\w*|shrink\w*|fall\w*|drop\w*|smaller|lower|less|fewer|reduc\w*|减小|减少|变小|降低|下降|更小|更少|更低|越小|越少|变少",
    ),
    (r"faster|quicker|更快|加快|变快", r"slower|更慢|变慢"),
    (r"before|之前|以前|前面", r"after|之后|以后|后面"),
    (r"encoder|编码器", r"decoder|解码器"),
    (r"linear(?:ly)?|(?<!非)线性", r"quadratic\w*|平方|二次"),
    (r"numerator|分子", r"denominator|分母"),
    (r"biased|(?<!无)(?<!的)有偏", r"unbiased|无偏"),
    (r"(?<!非)(?<!不)对称|symmetric\w*", r"非对称|不对称|asymmetric\w*"),
    (r"local\w*|局部", r"global\w*|全局"),
    (r"sparse\w*|稀疏", r"dense\w*|稠密"),
    (r"left|左", r"right(?! after)|右"),
    (r"maxim\w*|largest|最大", r"minim\w*|smallest|最小"),
    (r"easier|更容易|容易", r"harder|更难|很难"),
    (r"stronger|更强|变强", r"weaker|更弱|变弱"),
    (r"longer|更长", r"shorter|更短"),
    (r"bidirectional\w*|双向", r"unidirectional\w*|causal\w*|单向"),
    (
        r"compute-bound|算力受限|计算受限|计算瓶颈",
        r"memory-bound|bandwidth-bound|访存受限|带宽受限|显存带宽受限",
    ),
    (r"trainable|trained|可训练", r"frozen|冻结"),
    (
        r"same|equal\w*|identical\w*|一样|相同|等价|相等",
        r"differ(?:s|ent|ently|ences?|ing)?(?![a-z])(?! only)|unequal\w*|不同|不一样|不等",
    ),
    (r"rais\w*|调大|调高|拉高", r"lower(?:ed|ing|s)?|cut\w*|调小|调低|压低"),
    (r"vanish\w*|消失", r"explod\w*|explosion|爆炸"),
    (r"underflow\w*|下溢", r"overflow\w*|(?<!下)溢出|上溢"),
    (r"static\w*|静态", r"dynamic\w*|动态"),
    (r"on-policy|同策略", r"off-policy|异策略"),
    (r"online|在线", r"offline|离线"),
    (r"synchronous\w*|同步", r"asynchronous\w*|异步"),
    (r"absolute|绝对", r"relative|相对"),
    (r"fixed|固定", r"learn(?:ed|t|able)|可学习|学出来"),
    (r"explicit\w*|显式", r"implicit\w*|隐式"),
    (r"concat\w*|拼接|拼起来", r"add(?:s|ed|ing)?|相加|加起来|加上"),
    (r"row\w*|按行|每一行|每行", r"column\w*|按列|每一列|每列"),
)
NEGATIONS = re.compile(
    r"(?<![a-z])(?:not(?! only)|\w+n't|(?:do|does|did|is|are|was|were|wo|ca|should|would|could)nt|never|w/o"
    r"|no|without|cannot|instead of|rather than|neither|nor)(?![a-z])"
    r"|不(?!同|断|仅|但|过|变|足|少|只|妨|如|然|可避免|等|管|论|一定要)"
    r"|没(?!错|问题)|无(?!论|监督|关|穷|限|偏|损)|非(?!常|线性|零|对称|参数|负)|未(?!来|知|必)|而不是|并非"
)
CLAUSES = re.compile(
    r"[\n;:。]|[.!?](?=\s|$|[^\x00-\x7f])|,(?=\s|[^\x00-\x7f])|(?<=[^\x00-\x7f]),"
    r"|(?<![a-z])(?:but|while|whereas|so that|and then)(?![a-z])"
    r"|而(?!不是|且|非)|但是?|所以|因此"
)
REACH = 24
"""Characters before a phrase in which a negation is about it."""

_SIDES = [tuple(re.compile(rf"(?<![a-z])(?:{side})") for side in pair) for pair in OPPOSITES]


# of a normalised text: a full-width comma has become `,` there, without a space behind it
def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause that holds text[start:end] begins and ends."""
    first, last = 0, len(text)
    for mark in CLAUSES.finditer(text):
        if mark.end() <= start:
            first = mark.end()
        elif mark.start() >= end:
            last = mark.start()
            break
    return first, last


def negated(text: str, start: int) -> bool:
    """Whether a negation stands shortly before `start`, in the same clause."""
    first, _ = clause_around(text, start, start + 1)
    return NEGATIONS.search(_without_choices(text), max(first, start - REACH), start) is not None


def denies(text: str) -> bool:
    """Whether there is any negation in it."""
    return NEGATIONS.search(_without_choices(text)) is not None


def _without_choices(text: str) -> str:
    """是不是 and 有没有 ask; they deny nothing. The places of all other characters stay."""
    return re.sub(r"(\w)[不没](?=\1)", r"\1 ", text)


def contradicts(clause: str, models: Iterable[str]) -> bool:
    """Whether the clause has one side of a pair of opposites where every model has only the other."""
    models = list(models)
    for one, other in _SIDES:
        here = bool(one.search(clause)), bool(other.search(clause))
        there = any(one.search(model) for model in models), any(other.search(model) for model in models)
        if (
            here != there
            and here in ((True, False), (False, True))
            and there in ((True, False), (False, True))
        ):
            return True
    return False
