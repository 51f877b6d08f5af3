"""Which paragraphs of a draft are no running text: title, number, recipients, signature, date, 版记 (GB/T 9704).

Our own documents are known by their styles; others by what stands where, and how.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .file import w
from .styles import Look
from .text import blocks_of, text_of

# Styles by name, ours first; in small letters.
_STYLES = {
    "发文机关标志": "issuer",
    "发文字号": "number",
    "标题下文号": "number",
    "公文标题": "title",
    "title": "title",
    "标题": "title",
    "文章标题": "title",
    "主送机关": "recipients",
    "附件说明": "attachments",
    "附件说明续": "attachments",
    "署名": "signatory",
    "成文日期": "date",
    "附注": "note",
    "抄送机关": "copies",
    "印发机关": "printed_by",
}
_NUMBER = re.compile(r"^[（(]?[\u4e00-\u9fff]{1,14}[〔\[【（(](?:19|20)\d\d[〕\]】）)]\s*第?\d+号[）)]?$")
_DAY = r"[\d一二三四五六七八九十]+"
_DATE = re.compile(rf"^(?:(?:19|20)\d\d|二[〇○零]\S{{2}})\s*年\s*{_DAY}\s*月\s*{_DAY}\s*日$")
_RECIPIENTS = re.compile(r"^[^。；！？]{2,200}[：:]$")
_SIGNATORY = re.compile(r"^[\u4e00-\u9fff（）()、\s]{2,60}$")
_ATTACHMENT = re.compile(r"^附\s*件\s*[：:]")
_MORE = re.compile(r"^\d{1,2}\s*[.．、]\s*\S")
_COPIES = re.compile(r"^(?:主送|抄送|抄报|印送)\s*[：:]")
_PRINTED = re.compile(r"印发\s*$|^印发")
_NOTE = re.compile(r"^[（(].*[）)]$")
_LARGE = 18  # points: 小二, larger than any running text
_TOP = 12  # a title stands among the first paragraphs
_LONGEST_TITLE = 120
_LONGEST_NUMBERED = 80
_COLOPHON_ROWS = 4


@dataclass
class OfficialParts:
    """What a draft says beside its text, as it is written there; '' for what it does not say."""

    issuer: str = ""
    number: str = ""
    recipients: str = ""
    attachments: list[str] = field(default_factory=list)
    signatory: str = ""
    date: str = ""
    note: str = ""
    copies: str = ""
    printed_by: str = ""


@dataclass
class _Line:
    """A paragraph with text (``element`` w:p), or a table (``look`` None)."""

    element: Any
    text: str
    look: Look | None
    role: str = ""


def take_parts(body: Any, look_of: Callable[[Any], Look]) -> tuple[str, OfficialParts]:
    """Take title and parts out of the text: ("" where no title was found, the parts)."""
    lines = [
        _Line(one, text_of(one).strip(" \u3000\t\n"), look_of(one) if one.tag == w("p") else None)
        for one in blocks_of(body)
    ]
    lines = [line for line in lines if line.text]
    _by_style(lines)
    if not any(line.role == "title" for line in lines):
        _find_title(lines)
    _find_head(lines)
    _find_end(lines)
    parts = OfficialParts()
    title = []
    for line in lines:
        if line.role == "title":
            title.append(line.text)
        elif line.role == "attachments":
            parts.attachments += _names(line.text)
        elif line.role:
            before = getattr(parts, line.role)
            setattr(parts, line.role, f"{before} {line.text}".strip() if before else line.text)
        if line.role:
            line.element.getparent().remove(line.element)
    parts.recipients = parts.recipients.rstrip("：: ")
    parts.number = parts.number.strip("（）() ")
    parts.note = parts.note.strip("（）() ")
    parts.printed_by = " ".join(parts.printed_by.split())
    parts.copies = re.sub(r"^抄送\s*[：:]\s*", "", parts.copies).rstrip("。")
    return joined("\n".join(title)), parts


def joined(text: str) -> str:
    """Lines of a title as one: no blank between Han characters, one between words."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    whole = ""
    for line in lines:
        gap = " " if whole and whole[-1].isascii() and line[0].isascii() else ""
        whole += gap + line
    return whole


def _by_style(lines: list[_Line]) -> None:
    for line in lines:
        if line.look:
            line.role = next((_STYLES[name] for name in line.look.names if name in _STYLES), "")
    titles = [line for line in lines if line.role == "title"]
    # Only one run of lines is the title: a style used again further down is a heading of something else.
    for line in titles:
        if lines.index(line) - lines.index(titles[0]) >= len(titles) or lines.index(line) > _TOP:
            line.role = ""


def _find_title(lines: list[_Line]) -> None:
    """The first paragraph that is centred and large or bold; lines of the same look that follow belong to it."""
    top = [line for line in lines[:_TOP] if line.look and not line.role]
    for place, line in enumerate(top):
        if _is_mark(line, top[place + 1 : place + 2]):
            line.role = "issuer"
        elif _looks_like_title(line):
            line.role = "title"
            for more in top[place + 1 :]:
                if not _continues(line, more):
                    break
                more.role = "title"
            return
    first = next((line for line in lines if line.look and not line.role), None)
    if first and first.look and first.look.level == 1 and sum(one.look.level == 1 for one in lines if one.look) == 1:
        first.role = "title"


def _looks_like_title(line: _Line) -> bool:
    look = line.look
    if look is None or len(line.text) > _LONGEST_TITLE or _NUMBER.match(line.text) or line.text.endswith("。"):
        return False
    return look.align == "center" and (look.size >= _LARGE or look.bold or look.level == 1)


def _is_mark(line: _Line, following: list[_Line]) -> bool:
    """The name at a red head: it ends with 文件, or the number follows it."""
    numbered = bool(following and _NUMBER.match(following[0].text))
    return _looks_like_title(line) and (line.text.endswith("文件") or numbered)


def _continues(first: _Line, line: _Line) -> bool:
    return bool(
        first.look and line.look and line.look.align == "center" and line.look.size == first.look.size
        and _looks_like_title(line)
    )  # fmt: skip


def _find_head(lines: list[_Line]) -> None:
    """Around the title: the number above or below it, whom it is addressed to."""
    titles = [place for place, line in enumerate(lines) if line.role == "title"]
    if not titles:
        return
    for line in lines[: titles[-1] + 2]:
        if not line.role and line.look and _NUMBER.match(line.text):
            line.role = "number"
    for line in lines[titles[-1] + 1 : titles[-1] + 3]:
        if line.role:
            continue
        if line.look and not line.look.level and _RECIPIENTS.match(line.text) and not _MORE.match(line.text):
            line.role = "recipients"
        return


def _find_end(lines: list[_Line]) -> None:
    """From the end: 版记, note, date, signature, list of attachments. What is appended after them stays text."""
    for line in lines[-3:]:
        if not line.role and _is_colophon(line):
            line.role = "copies" if _COPIES.match(line.text) else "printed_by"
    dates = [place for place, line in enumerate(lines) if line.look and not line.role and _DATE.match(line.text)]
    for place in reversed(dates):
        rest = [line for line in lines[place + 1 :] if not line.role]
        if rest and _NOTE.match(rest[0].text) and rest[0].look:
            rest[0].role, rest = "note", rest[1:]
        if rest and not re.match(r"^附\s*件", rest[0].text):
            continue
        lines[place].role = "date"
        if place and lines[place - 1].look and not lines[place - 1].role and _SIGNATORY.match(lines[place - 1].text):
            lines[place - 1].role = "signatory"
            place -= 1  # noqa: PLW2901 - the line that ends the text now
        _find_attachments(lines[:place])
        return


def _find_attachments(lines: list[_Line]) -> None:
    names = []
    for line in reversed(lines):
        if line.look is None or line.role:
            return
        names.append(line)
        if _ATTACHMENT.match(line.text):
            for one in names:
                one.role = "attachments"
            return
        if not _MORE.match(line.text) or len(line.text) > _LONGEST_NUMBERED:
            return


def _is_colophon(line: _Line) -> bool:
    if line.look is None:
        rows = len(line.element.findall(w("tr")))
        return rows <= _COLOPHON_ROWS and bool(_COPIES.match(line.text) or _PRINTED.search(line.text))
    return bool(_COPIES.match(line.text) or (_PRINTED.search(line.text) and "日" in line.text))


def _names(text: str) -> list[str]:
    lines = re.sub(r"^附\s*件\s*[：:]\s*", "", text).splitlines()
    return [name for line in lines if (name := re.sub(r"^\s*\d{1,2}\s*[.．、]\s*", "", line).strip())]
