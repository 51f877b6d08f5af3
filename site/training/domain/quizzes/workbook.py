"""Questions in a workbook: one row each. Its words are Chinese constants: they are the file's format."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from suite.registers.sheets import cell
from suite.registers.workbook.cells import is_empty, refuse_uncomputed, text_of, tidy
from suite.registers.workbook.reading import (
    Findings,
    check_merged,
    check_sheets,
    filled_rows,
    no_heading,
    read_file,
)
from training.enums import QuestionKind
from training.models import Question

from .questions import LETTERS, MOST_QUESTIONS, tidied, wrong_with

SHEET, GUIDANCE = "题目", "填写说明"
KIND, TEXT, ANSWER, EXPLANATION, FIXED = "题型", "题目", "正确答案", "解析", "选项顺序固定"
OPTIONS = tuple(f"选项{letter}" for letter in LETTERS)
HEADINGS = (KIND, TEXT, *OPTIONS, ANSWER, EXPLANATION, FIXED)
KINDS = {"单选题": "single", "多选题": "multiple", "判断题": "truth", "简答题": "text"}
YES, NO = "是", "否"
_TRUE, _FALSE = {"对", "正确", "√", "是"}, {"错", "错误", "×", "否"}
_WIDTHS = (10, 50, 24, 24, 24, 24, 24, 24, 18, 50, 14)
# Where what is wrong with a question stands in its row.
_PLACES = {"kind": KIND, "text": TEXT, "options": OPTIONS[0], "right": ANSWER, "accepted": ANSWER}
_PLACES |= {"explanation": EXPLANATION, "fixed": FIXED}
HOW_TO = (
    "题库表",
    "一、每行一道题，写在“题目”表里。不要改表名和第一行的标题，不要合并单元格，不要写公式。",
    "二、题型：单选题、多选题、判断题、简答题。",
    "三、单选题、多选题写2至6个选项；正确答案写字母，例如 B，多选写 ACD。",
    "四、判断题不写选项，正确答案写“对”或“错”。",
    "五、简答题不写选项，正确答案写标准答案，有几种写法时用分号隔开。全角半角、大小写、空格、标点、繁简体不影响判定。",
    "六、选项里有“以上都对”这样的，在“选项顺序固定”填“是”，不打乱。",
    "七、导入时先试读，逐格列出错误；确认后才写入，只要有一处错误就一道也不写。",
)
EXAMPLES = (
    {
        "kind": "single",
        "text": "首问负责制中，谁负责把来人的事问到底？",
        "options": ["第一个被问到的人", "窗口负责人", "值班领导"],
        "right": [0],
        "accepted": [],
        "explanation": "首问负责：第一个被问到的人负责。",
        "fixed": False,
    },
    {
        "kind": "truth",
        "text": "材料不齐时，可以分几次告知。",
        "options": [],
        "right": [1],
        "accepted": [],
        "explanation": "必须一次性书面告知。",
        "fixed": False,
    },
)


@dataclass
class Reading(Findings):
    """What a workbook holds: questions by the names that a question has."""

    questions: list[dict[str, Any]] = field(default_factory=list)


def write_workbook(output: BinaryIO, questions: Iterable[dict[str, Any]]) -> None:
    """Write questions into a workbook that can be read again; the template is one with examples."""
    book = Workbook(write_only=True)
    page = book.create_sheet(SHEET)
    page.freeze_panes = "C2"
    for letter, width in zip("ABCDEFGHIJK", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
        page.column_dimensions[letter].number_format = "@"
    for letter, choices in (("A", tuple(KINDS)), ("K", (YES, NO))):
        listed = DataValidation(
            type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=False
        )
        listed.add(f"{letter}2:{letter}{MOST_QUESTIONS + 1}")
        page.data_validations.append(listed)
    head = [cell(page, heading) for heading in HEADINGS]
    for one in head:
        one.font = Font(bold=True)
    page.append(head)
    for question in questions:
        page.append([_body(page, text) for text in _row(question)])
    guidance = book.create_sheet(GUIDANCE)
    guidance.column_dimensions["A"].width = 100
    for line in HOW_TO:
        guidance.append([cell(guidance, line)])
    book.save(output)


def _body(page: Any, text: str) -> Any:
    if not text:
        return None
    made = cell(page, text)
    made.number_format = "@"
    made.alignment = Alignment(wrap_text=True, vertical="top")
    return made


def _row(question: dict[str, Any]) -> list[str]:
    kind = question["kind"]
    options = [*question["options"], *[""] * len(LETTERS)][: len(LETTERS)]
    if kind == QuestionKind.TEXT:
        answer = "；".join(question["accepted"])
    elif kind == QuestionKind.TRUTH:
        answer = {(0,): "对", (1,): "错"}.get(tuple(question["right"]), "")
    else:
        answer = "".join(LETTERS[place] for place in question["right"])
    called = next(label for label, value in KINDS.items() if value == kind)
    return [called, question["text"], *options, answer, question["explanation"], YES if question["fixed"] else ""]


def read_workbook(file: BinaryIO) -> Reading:
    """The questions of a workbook, or all that is wrong with it by sheet and cell. ``file`` is seekable.

    Raises ValidationError where the file as a whole will not do.
    """
    return read_file(file, _read)


def _read(book: Any, archive: zipfile.ZipFile) -> Reading:
    found = Reading()
    check_sheets(book, [SHEET], [GUIDANCE], found)
    check_merged(book, archive, SHEET, found)
    for _number, cells in filled_rows(book, SHEET, HEADINGS, MOST_QUESTIONS, found):
        if (question := _question(cells, found)) is not None:
            found.questions.append(question)
    if not found.questions and not found.problems:
        found.wrong(SHEET, _("no question is filled in: write one in each row"))
    return found


def _question(cells: list[tuple[str, str, Any]], found: Findings) -> dict[str, Any] | None:
    """The question of a row; None where something is wrong, which is then noted."""
    texts: dict[str, str] = dict.fromkeys(HEADINGS, "")
    places: dict[str, str] = {}
    good = True
    for heading, place, one in cells:
        if not heading:
            if tidy(one.value):
                found.wrong(place, no_heading())
                good = False
            continue
        places[heading] = place
        try:
            refuse_uncomputed(one)
            texts[heading] = "" if is_empty(one) else text_of(one.value)
        except ValidationError as refusal:
            found.wrong(place, " ".join(refusal.messages))
            good = False
    if not good:
        return None
    return _checked(texts, places, found)


def _checked(texts: dict[str, str], places: dict[str, str], found: Findings) -> dict[str, Any] | None:
    values: dict[str, Any] = {
        "text": texts[TEXT],
        "options": [texts[heading] for heading in OPTIONS],
        "right": [],
        "accepted": [],
        "explanation": texts[EXPLANATION],
    }
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        (KIND, lambda: values.update(kind=_kind(texts[KIND]))),
        (ANSWER, lambda: values.update(_answer(values.get("kind", ""), texts))),
        (FIXED, lambda: values.update(fixed=_fixed(texts[FIXED]))),
    )
    good = True
    for heading, step in steps:
        try:
            step()
        except ValidationError as refusal:
            found.wrong(places[heading], " ".join(refusal.messages))
            good = False
    if not good:
        return None
    question = tidied(values)
    for name, message in wrong_with(Question(**question)):
        found.wrong(places[_PLACES[name]], message)
        good = False
    return question if good else None


def _kind(text: str) -> str:
    if text not in KINDS:
        raise ValidationError(_("choose one of: %(choices)s") % {"choices": "、".join(KINDS)})
    return KINDS[text]


def _answer(kind: str, texts: dict[str, str]) -> dict[str, list[Any]]:
    text = texts[ANSWER]
    if kind == QuestionKind.TEXT:
        return {"accepted": re.split(r"[；;\n]", text)}
    if kind == QuestionKind.TRUTH:
        if text not in _TRUE | _FALSE:
            raise ValidationError(_("write 对 or 错"))
        return {"right": [0] if text in _TRUE else [1]}
    letters = re.sub(r"[\s、,，;；.]", "", unicodedata.normalize("NFKC", text)).upper()
    if not letters or not set(letters) <= set(LETTERS):
        raise ValidationError(_("write the letters of the right answers, such as B or ACD"))
    for letter in letters:
        if not texts[f"选项{letter}"]:
            raise ValidationError(
                _("there is no answer %(letter)s: write it, or leave the letter out") % {"letter": letter}
            )
    return {"right": [LETTERS.index(letter) for letter in letters]}


def _fixed(text: str) -> bool:
    if text not in ("", YES, NO):
        raise ValidationError(_("write 是, or leave it empty"))
    return text == YES
