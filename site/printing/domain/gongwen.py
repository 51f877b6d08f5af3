"""公文: an official document in the shape of GB/T 9704-2012."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.safestring import mark_safe

from printing.sheets import Sheet

from .richtext import official_body
from .titles import break_title, width

TITLE_CHARACTERS = 20  # 22 pt in 156 mm
# A title of more lines is set smaller, 18 pt, so that it leaves room for the text on its page.
_MOST_TITLE_LINES = 5
_LONG_TITLE_CHARACTERS = 24
# The name at the head fills the width when it is long, and is at most this high (mm).
_HIGHEST_MARK = {"document": 17.0, "letter": 13.0, "": 0.0}
_LINE = 156.0
_MARK_SPREAD = 1.06
# 附件1：, 附件：2、 and 3. before a name; not 3.15活动方案.
_TYPED_NUMBER = re.compile(r"^(?:附件\s*[\d一二三四五六七八九十]{0,3}\s*[：:.、．]\s*)?(?:\d{1,2}\s*[.、．](?!\d)\s*)?")
# A longer name at the head is set in two lines: in one it would be hardly larger than the text.
_MARK_CHARACTERS = 18
# A longer signature is set in two lines, one under the other.
_SIGNATURE_CHARACTERS = 26


def chinese_date(day: date) -> str:
    """2026年11月21日, the month and day without leading noughts (GB/T 9704, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def gongwen_sheet(  # noqa: PLR0913 - one argument per element of the standard, all by name
    *,
    title: str,
    body_html: str,
    issuer: str = "",
    head: str | None = None,
    number: str = "",
    recipients: str = "",
    signatory: str = "",
    day: date | None = None,
    attachments: Iterable[str] = (),
    note: str = "",
    sealed: bool = True,
    copies: str = "",
    printed_by: str = "",
    printed_on: date | None = None,
    kind: str = "gongwen",
    status: str = "",
    changed: date | None = None,
    ended: str = "",
    draft: bool = False,
    address: str = "",
    name: str = "",
) -> Sheet:
    """A Sheet in the shape of 公文; what is empty is left out.

    ``body_html``: rendered rich text (h2 一、 h3 （一） h4, p, ul, ol, table, img). ``issuer``: the name at the head,
    in red, as it is to read (with 文件 where that is the office's custom). ``head``: "document" (7.2: the name low on
    the page, the number centred over one red rule) or "letter" (10.1 信函: the name at the very top over a double
    rule, which leaves room for a notice on one page); None chooses "document" when there is a number.
    ``number``: 发文字号; without a head
    it stands under the title. ``recipients``: 主送, its colon is added. ``signatory`` and ``day``: 署名 and 成文日期;
    ``sealed`` leaves a seal's room around them. ``attachments``: their names. ``note``: 附注, brackets are added.
    ``copies`` 抄送, ``printed_by`` 印发机关 and ``printed_on`` make the 版记 at the foot. ``status``, ``changed``,
    ``ended``, ``draft``, ``address``: as in Sheet. ``name``: of the file.
    """
    if head is None:
        head = "document" if number else "letter"
    if not issuer:
        head = ""
    title_lines = break_title(title, TITLE_CHARACTERS)
    if long_title := len(title_lines) > _MOST_TITLE_LINES:
        title_lines = break_title(title, _LONG_TITLE_CHARACTERS)
    names = [_without_number(text) for text in attachments if text.strip()]
    mark_lines = _in_two(issuer, _MARK_CHARACTERS)
    mark_width = max(map(width, mark_lines))
    context: dict[str, Any] = {
        "title_lines": title_lines,
        "long_title": long_title,
        "body": mark_safe(official_body(body_html)),  # noqa: S308 - rich text that Wagtail rendered
        "issuer": issuer,
        "head": head,
        "mark_lines": mark_lines,
        "mark_size": min(_HIGHEST_MARK[head], _LINE / max(1.0, mark_width * _MARK_SPREAD)),
        "number": number,
        "recipients": recipients.rstrip("：: "),
        "attachments": names,
        "attachment_number_room": width(f"{len(names)}."),
        "signatory": signatory,
        "date": chinese_date(day) if day else "",
        "sealed": sealed,
        "note": note.strip("（）() "),
        "copies": copies.rstrip("。. "),
        "printed_by": printed_by,
        "printed_on": chinese_date(printed_on) if printed_on else "",
        **_signature_room(signatory, chinese_date(day) if day else "", sealed),
    }
    return Sheet(
        kind=kind,
        template="printing/gongwen.html",
        context=context,
        title=title,
        status=status,
        changed=changed,
        ended=ended,
        draft=draft,
        issued=day,
        address=address,
        name=name or title,
    )


def _without_number(attachment: str) -> str:
    """The name of an attachment without the number somebody typed before it: numbers are added."""
    return _TYPED_NUMBER.sub("", attachment.strip(), count=1) or attachment.strip()


def _in_two(name: str, per_line: int) -> list[str]:
    """The name of an office; where it is wider than ``per_line``, as two even lines, or as many as it takes."""
    whole = width(name)
    return break_title(name, min(whole / 2 + 2, _SIGNATURE_CHARACTERS)) if whole > per_line else [name]


def _signature_room(signatory: str, day: str, sealed: bool) -> dict[str, Any]:
    """Room right of the signature and of the date, in characters (GB/T 9704, 7.3.5).

    A signature wider than the line is broken, its lines centred over one another. With a seal the date keeps four
    characters free and the name is centred over it. Without one the name keeps two and the date begins two characters
    further in; where that would push the date out, it keeps two itself.
    """
    lines = _in_two(signatory, _SIGNATURE_CHARACTERS) if signatory else []
    name, date_width = max(map(width, lines), default=0.0), width(day)
    if sealed:
        date_room = max(4.0, (name - date_width) / 2)
        name_room = date_room - (name - date_width) / 2
    else:
        date_room = max(2.0, name - date_width)
        name_room = 2.0 if date_room > 2.0 or name - date_width == 2.0 else date_width + 4 - name  # noqa: PLR2004
    return {
        "signature_lines": [(line, f"{name_room + (name - width(line)) / 2:g}em") for line in lines],
        "signatory_room": f"{name_room:g}em",
        "date_room": f"{date_room:g}em",
    }
