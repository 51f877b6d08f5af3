"""通知书: a notice served on one person or unit, with the 送达回证 that proves it arrived (requirements H, I)."""

from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _

from printing.sheets import Sheet

from .gongwen import gongwen_sheet
from .plain import one_line


def served_notice_sheet(  # noqa: PLR0913 - one argument per part of the notice, all by name
    *,
    title: str,
    recipient: str,
    body_html: str,
    number: str = "",
    basis: str = "",
    deadline: str = "",
    signatory: str = "",
    day: date | None = None,
    contact: str = "",
    phone: str = "",
    served_by: str = "",
    receipt: bool = True,
    sealed: bool = True,
    kind: str = "served-notice",
    status: str = "",
    changed: date | None = None,
    ended: str = "",
    draft: bool = False,
    address: str = "",
    name: str = "",
) -> Sheet:
    """A Sheet in the manner of 公文 without a red head: title, number under it, the one it is served on, the text.

    ``title``: as it reads (责令说明情况通知书). ``basis``: the rule it rests on, ``deadline``: until when and how to
    answer; each becomes a line after the text. ``contact`` and ``phone``: whom to ask, under the date.
    ``receipt``: the receipt of service under a line to cut along, whole on one page: what was served and on whom is
    filled in, the way, place, time and signatures are lines to write on; ``served_by`` names who brings it. The
    context has what `gongwen_sheet` gives, and ``receipt``. The other arguments are those of `gongwen_sheet`.

    Raises ValidationError where the title or the recipient is missing.
    """
    title, recipient = one_line(title), one_line(recipient).rstrip("：: ")
    if not title or not recipient:
        raise ValidationError(_("A notice that is served needs a title and the person or unit it is served on."))
    lines = (("依据", one_line(basis)), ("答复期限", one_line(deadline)))
    body_html += "".join(
        format_html("<p><b>{}：</b>{}</p>", label, text if text.endswith("。") else f"{text}。")
        for label, text in lines
        if text
    )
    asked = "，".join(
        f"{label}：{text}" for label, text in (("联系人", one_line(contact)), ("联系电话", one_line(phone))) if text
    )
    sheet = gongwen_sheet(
        title=title,
        body_html=body_html,
        number=one_line(number),
        recipients=recipient,
        signatory=one_line(signatory),
        day=day,
        note=asked,
        sealed=sealed,
        kind=kind,
        status=status,
        changed=changed,
        ended=ended,
        draft=draft,
        address=address,
        name=name or f"{title} {recipient}",
    )
    return replace(
        sheet,
        template="printing/served.html",
        style=f"{sheet.style} served",
        context={**sheet.context, "receipt": receipt, "served_by": one_line(served_by)},
    )
