"""Plain text of a law or an official document to the blocks of a page's body."""

import re

from django.utils.html import escape

# 第一编, 第三章 open a part; 第二节 a section within it. 第十二条 opens an article and is printed bold.
NUMERAL = "[〇零一二三四五六七八九十百千]+"
PART = re.compile(rf"^第{NUMERAL}[编章](?=\s|$)")
SECTION = re.compile(rf"^第{NUMERAL}节(?=\s|$)")
ARTICLE = re.compile(rf"^(第{NUMERAL}条(?:之[一二三四五六七八九十]+)?)\s+")
OPENS_PARAGRAPH = re.compile(rf"^(第{NUMERAL}[编章节条]|[（(]?[一二三四五六七八九十]+[）)、])")
CLOSING = "。！？；：.!?;:”』」"

Blocks = list[dict[str, object]]


def blocks_from_text(text: str, title: str = "") -> Blocks:
    """One paragraph a line; chapters become h2, sections h3, an article's number is bold.

    Arguments: ``text``, lines separated by any line break; ``title``, left out where the text repeats it as its
    first line. Markup in the text is shown as text. Every chapter is a block of its own, so that an editor can
    open a long law without waiting.
    """
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    if lines and lines[0] == title.strip():
        del lines[0]
    chapters: list[list[str]] = [[]]
    for line in lines:
        if PART.match(line) and chapters[-1]:
            chapters.append([])
        chapters[-1].append(_line_html(line))
    return [{"type": "paragraph", "value": "".join(chapter)} for chapter in chapters if chapter]


def unwrapped(text: str) -> str:
    """Joins the lines that a PDF broke at the margin: a full line without a closing mark goes on in the next."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    full = max(map(len, lines), default=0) * 0.85
    joined: list[str] = []
    going_on = False
    for line in lines:
        if going_on and not OPENS_PARAGRAPH.match(line):
            joined[-1] += line
        else:
            joined.append(line)
        going_on = len(line) >= full and line[-1] not in CLOSING
    return "\n".join(joined)


def _line_html(line: str) -> str:
    if PART.match(line):
        return f"<h2>{escape(line)}</h2>"
    if SECTION.match(line):
        return f"<h3>{escape(line)}</h3>"
    if article := ARTICLE.match(line):
        return f"<p><b>{article.group(1)}</b>　{escape(line[article.end() :])}</p>"
    return f"<p>{escape(line)}</p>"
