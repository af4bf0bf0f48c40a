"""A study book: one HTML file with everything in it, which needs no network and no program but a browser.

Answers and talks are `<details>`, so that the book can be read without its script; the script searches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from llmprep.content.items import Language, NumberTable, Paper, Text, Topic
from llmprep.practice.export_book_page import PAGE, SCRIPT, STYLE
from llmprep.practice.export_cards import LABELS, LEVELS, Card, html, in_languages

Drawing = Callable[[str], str]
"""Draws a formula in TeX as text of several lines."""
_WORDS = {
    "title": Text("LLM interviews: the study book", "大模型面试学习册"),
    "search": Text("Search", "搜索"),
    "open": Text("Open all", "全部展开"),
    "shut": Text("Close all", "全部收起"),
    "every": Text("Level: all", "难度：全部"),
    "level": Text("Level", "难度"),
    "papers": Text("Papers in five minutes", "五分钟讲论文"),
    "contributions": Text("Contributions", "贡献"),
    "talk": Text("The talk", "讲稿"),
    "formulas": Text("Formulas", "公式"),
    "numbers": Text("Numbers", "数字"),
    "asked": Text("Asked most", "高频追问"),
    "limits": Text("Limits", "局限"),
    "misconceptions": Text("Misconceptions", "常见误解"),
    "next": Text("Asked next", "接着会问"),
    "write": Text("Write it", "动手写"),
    "nothing": Text("Nothing says that: try fewer or other words.", "没有找到：换个说法，或者少写几个词。"),
    "topics": Text("Topics", "主题"),
}
_TALK = {
    "background": Text("Background", "背景"),
    "core": Text("Core idea", "核心思想"),
    "details": Text("Details", "技术细节"),
    "impact": Text("Impact", "影响"),
    "followups": Text("Follow-ups", "准备追问"),
}
_LANGUAGE_NAMES = {"en": "English", "zh": "中文"}


def book(
    cards: Mapping[str, Sequence[Card]],
    topics: Mapping[str, Topic],
    papers: Mapping[str, Paper],
    languages: Sequence[Language],
    reader: Language,
    draw: Drawing,
) -> str:
    """The whole page; headings are in the reader's language where the content is in both."""
    writer = _Book(languages, reader, draw)
    titles = {card.id: card.question for listed in cards.values() for card in listed}
    sections = [(topic, topics[topic].title, len(listed)) for topic, listed in cards.items()]
    if papers:
        sections.append(("papers", _WORDS["papers"], len(papers)))
    body = [
        writer.section(topic, topics[topic].title, [writer.question(card, titles) for card in listed])
        for topic, listed in cards.items()
    ]
    if papers:
        talks = [writer.paper(name, paper, titles) for name, paper in papers.items()]
        body.append(writer.section("papers", _WORDS["papers"], talks))
    values = {
        "LANGUAGE": reader,
        "SHOWN": "both" if len(languages) > 1 else languages[0],
        "TITLE": _WORDS["title"][reader],
        "STYLE": STYLE,
        "SEARCH": _WORDS["search"][reader],
        "TOPICS": _WORDS["topics"][reader],
        "NAVIGATION": writer.navigation(sections),
        "TOOLS": writer.tools(),
        "NOTHING": _WORDS["nothing"][reader],
        "BODY": "\n".join(body),
        "SCRIPT": SCRIPT,
    }
    return "".join(values.get(piece, piece) for piece in PAGE.split("@"))


class _Book:
    def __init__(self, languages: Sequence[Language], reader: Language, draw: Drawing):
        self._languages = languages
        self._reader = reader
        self._draw = draw

    # ------------------------------------------------------------ the frame

    def navigation(self, sections: Sequence[tuple[str, Text, int]]) -> str:
        return "".join(
            f'<a href="#topic-{escape(name)}">{escape(title[self._reader])} <small>{count}</small></a>'
            for name, title, count in sections
        )

    def tools(self) -> str:
        levels = "".join(f'<option value="{n}">{LEVELS[n][self._reader]}</option>' for n in LEVELS)
        chosen = (
            f'<select id="level" aria-label="{self._word("level")}">'
            f'<option value="">{self._word("every")}</option>{levels}</select>'
            f'<button id="open">{self._word("open")}</button><button id="shut">{self._word("shut")}</button>'
        )
        if len(self._languages) < 2:
            return chosen
        names = "".join(f'<option value="{one}">{_LANGUAGE_NAMES[one]}</option>' for one in self._languages)
        return chosen + f'<select id="shown"><option value="both">中文 + English</option>{names}</select>'

    def section(self, name: str, title: Text, entries: Sequence[str]) -> str:
        head = f'<h2 id="topic-{escape(name)}">{escape(title[self._reader])}</h2>'
        return f"<section>{head}\n{chr(10).join(entries)}\n</section>"

    # ------------------------------------------------------------ questions

    def question(self, card: Card, titles: Mapping[str, Text]) -> str:
        inside = [self._texts(card.answer, "answer")]
        if card.points:
            inside.append(self._head(LABELS["points"]) + self._list(card.points))
        if card.trap:
            inside.append(f'<div class="trap">{self._head(LABELS["trap"])}{self._texts(card.trap)}</div>')
        following = "".join(
            f'<li><a href="#q-{escape(name)}">{html(self._first_line(titles[name]))}</a></li>'
            for name in card.then
            if name in titles
        )
        if following:
            inside.append(f"{self._head(_WORDS['next'])}<ul>{following}</ul>")
        inside.append(self._foot(card.source, card.id, [f"llmprep drill {drill}" for drill in card.drills]))
        level = LEVELS[card.level][self._reader]
        title = f"{self._texts(card.question, tag='span')} <small>{level}</small>"
        return self._entry(f"q-{card.id}", title, inside, card.level)

    # ------------------------------------------------------------ papers

    def paper(self, name: str, paper: Paper, titles: Mapping[str, Text]) -> str:
        inside = [self._texts(paper.one_line, "answer")]
        inside.append(self._head(_WORDS["contributions"]) + self._list(paper.contributions))
        inside.append(self._head(_WORDS["talk"]))
        inside += [self._head(_TALK[beat.name], "h4") + self._texts(beat.say) for beat in paper.beats]
        if paper.formulas:
            inside.append(self._head(_WORDS["formulas"]))
        for formula in paper.formulas:
            tex = escape(" ".join(formula.tex.split()))
            drawn = escape(self._draw(formula.tex), quote=False)
            inside.append(f'{self._head(formula.name, "h4")}<pre title="{tex}">{drawn}</pre>')
        if paper.numbers:
            inside.append(self._head(_WORDS["numbers"]))
        inside += map(self._table, paper.numbers)
        inside.append(self._head(paper.deep.title) + self._texts(paper.deep.say))
        if paper.asked:
            inside.append(self._head(_WORDS["asked"]))
        for one in paper.asked:
            inside.append(f'<div class="asked">{self._texts(one.ask, "ask")}{self._texts(one.answer)}</div>')
        inside.append(self._head(_WORDS["limits"]) + self._list(paper.limits))
        if paper.misconceptions:
            inside.append(self._head(_WORDS["misconceptions"]))
        for claim in paper.misconceptions:
            told = self._texts(claim.claim, "claim") + self._texts(claim.truth)
            inside.append(f'<div class="trap">{told}</div>')
        about = f"{paper.authors} · {paper.venue} ({paper.year}) · {paper.link}"
        inside.append(self._foot(about, name, [f"llmprep explain {name}"]))
        title = f"<span>{escape(paper.name[self._reader])}</span> <small>{escape(paper.title)}</small>"
        return self._entry(f"paper-{name}", title, inside, None)

    # ------------------------------------------------------------ pieces

    def _entry(self, name: str, title: str, inside: Sequence[str], level: int | None) -> str:
        of_level = "" if level is None else f' data-level="{level}"'
        told = f'<summary>{title}</summary><div class="inside">{"".join(inside)}</div>'
        return f'<details id="{escape(name)}"{of_level}>{told}</details>'

    def _first_line(self, text: Text) -> str:
        return text[self._reader].partition("\n")[0]

    def _texts(self, text: Text, name: str = "", tag: str = "div") -> str:
        said = list(in_languages(text, self._languages))
        if len(said) == 1:  # said in one language, or the same in both: always shown
            return f'<{tag} class="{name}">{html(said[0][1])}</{tag}>'
        marked = ((f'class="{lang} {name}" lang="{lang}"', html(one)) for lang, one in said)
        return "".join(f"<{tag} {marks}>{one}</{tag}>" for marks, one in marked)

    def _table(self, table: NumberTable) -> str:
        """A table that is moved sideways where it is wider than the screen."""
        head = "".join(f"<th>{html(column[self._reader])}</th>" for column in table.columns)
        cells = ("".join(f"<td>{html(cell)}</td>" for cell in row) for row in table.rows)
        rows = "".join(f"<tr>{row}</tr>" for row in (head, *cells))
        caption = self._head(table.caption, "h4")
        return f'{caption}<div class="wide"><table>{rows}</table></div>'

    def _list(self, texts: Sequence[Text]) -> str:
        return "<ul>" + "".join(f"<li>{self._texts(text)}</li>" for text in texts) + "</ul>"

    def _head(self, text: Text, tag: str = "h3") -> str:
        return f"<{tag}>{escape(text[self._reader])}</{tag}>"

    def _foot(self, source: str, name: str, commands: Sequence[str]) -> str:
        parts = [html(source), escape(name), *(f"<code>{escape(one)}</code>" for one in commands)]
        return f'<p class="source">{" · ".join(parts)}</p>'

    def _word(self, key: str) -> str:
        return escape(_WORDS[key][self._reader])
