"""The forms of the print room 打印室: typed or pasted text becomes a Sheet. Nothing is kept."""

import re
from typing import Any, ClassVar, cast

from django import forms
from django.core.validators import FileExtensionValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .domain.pasted import as_pasted, pasted_rows, xlsx_rows
from .domain.plain import plain
from .domain.plaintext import sheet_from_json
from .domain.plates import door_plate_sheet
from .domain.richtext import paragraphs
from .domain.seatcards import SeatCard, seat_card_sheet
from .domain.served import served_notice_sheet
from .domain.slips import SlipField, reply_slip_sheet
from .domain.tablesheets import table_sheet
from .sheets import Sheet

LONGEST_TITLE = 200
LONGEST_TEXT = 60_000
LONGEST_TABLE = 400_000
MOST_CARDS = 200
_LINES = re.compile(r"（(\d)行）$|\((\d)行\)$")


def line(label: Any, help_text: Any = "", required: bool = False, initial: str = "") -> forms.CharField:
    """A text of one line."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONGEST_TITLE, initial=initial
    )


def area(label: Any, help_text: Any = "", required: bool = False, rows: int = 12, longest: int = LONGEST_TEXT) -> Any:
    """A text of many lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=longest,
        widget=forms.Textarea({"rows": rows}),
    )


def day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class PaperForm(forms.Form):
    """One kind of paper. A subclass says how its fields become a Sheet; what the builder refuses stands at the top."""

    key: ClassVar[str]
    name: ClassVar[Any]
    purpose: ClassVar[Any]
    docx: ClassVar[bool] = False  # whether it can be had for Word too
    required_css_class = "required-field"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet: Sheet | None = None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self.sheet = self.make(data)
        return data

    def make(self, data: dict[str, Any]) -> Sheet:
        """The sheet of what was typed. Raises ValidationError."""
        raise NotImplementedError


class DocumentForm(PaperForm):
    key, name, docx = "document", gettext_lazy("Official document"), True
    purpose = gettext_lazy("Red head, number, text, signature and date in the shape of GB/T 9704.")
    title = line(gettext_lazy("Title"), required=True)
    number = line(
        gettext_lazy("Document number"),
        gettext_lazy("As the register of numbers gave it. With a number the document gets a red head."),
    )
    recipients = line(gettext_lazy("Addressed to"), gettext_lazy("The colon is added."))
    text = area(
        gettext_lazy("Text of the document"),
        gettext_lazy("One paragraph a line. A line that begins with 一、 or （一） and is short becomes a heading."),
        required=True,
    )
    attachments = area(gettext_lazy("Attachments"), gettext_lazy("One name a line."), rows=3)
    signatory = line(gettext_lazy("Signed by"))
    date = day(gettext_lazy("Date of the document"))
    copies = line(gettext_lazy("Copies to"))
    issuer = line(gettext_lazy("Issuing office"), gettext_lazy("At the very foot, with the day of issue."))
    issued = day(gettext_lazy("Day of issue"))

    def make(self, data: dict[str, Any]) -> Sheet:
        return sheet_from_json(
            {
                "title": plain(data["title"]),
                "number": plain(data["number"]),
                "to": plain(data["recipients"]),
                "body": [{"p": plain(data["text"])}],
                "attachments": plain(data["attachments"]).splitlines(),
                "sign": plain(data["signatory"]),
                "date": data["date"] and data["date"].isoformat(),
                "cc": plain(data["copies"]),
                "issuer": plain(data["issuer"]),
                "issued": data["issued"] and data["issued"].isoformat(),
            }
        )


class ServedNoticeForm(PaperForm):
    key, name, docx = "served-notice", gettext_lazy("Notice served on a person"), True
    purpose = gettext_lazy("Title, number, text, seal's room, and the receipt of service to cut off.")
    title = line(gettext_lazy("Title"), gettext_lazy("For example 责令说明情况通知书."), required=True)
    number = line(gettext_lazy("Document number"))
    recipient = line(gettext_lazy("Served on"), gettext_lazy("A person or a unit; the colon is added."), required=True)
    text = area(gettext_lazy("Text of the document"), gettext_lazy("One paragraph a line."), required=True)
    basis = line(gettext_lazy("Basis"), gettext_lazy("The rule it rests on, with its article."))
    deadline = line(gettext_lazy("Answer until"), gettext_lazy("Until when, how and to whom to answer."))
    signatory = line(gettext_lazy("Signed by"))
    date = day(gettext_lazy("Date of the document"))
    contact = line(gettext_lazy("Contact person"))
    phone = line(gettext_lazy("Phone"), gettext_lazy("A landline of the office."))
    served_by = line(gettext_lazy("Brought by"))
    receipt = forms.BooleanField(label=gettext_lazy("With a receipt of service"), required=False, initial=True)

    def make(self, data: dict[str, Any]) -> Sheet:
        names = ("title", "recipient", "number", "basis", "deadline", "signatory", "contact", "phone", "served_by")
        return served_notice_sheet(
            **{name: data[name] for name in names},
            body_html=paragraphs(plain(data["text"])),
            day=data["date"],
            receipt=data["receipt"],
        )


class TableForm(PaperForm):
    key, name = "table", gettext_lazy("Table")
    purpose = gettext_lazy("Pasted from Excel or WPS, or an XLSX file: the head on every page, no row cut.")
    title = line(gettext_lazy("Title"), required=True)
    subtitle = line(gettext_lazy("Line under the title"), gettext_lazy("For example the period and the unit of money."))
    table = area(
        gettext_lazy("Table text"),
        gettext_lazy("Mark the cells in the spreadsheet, copy, and paste here. The first row is the head."),
        longest=LONGEST_TABLE,
    )
    file = forms.FileField(
        label=gettext_lazy("Or an XLSX file"),
        help_text=gettext_lazy("Its first sheet is printed, values only; at most 2 MB."),
        required=False,
        validators=[
            FileExtensionValidator(["xlsx"], gettext_lazy("Save it as .xlsx first: other files are not read."))
        ],
        widget=forms.FileInput({"accept": ".xlsx"}),
    )
    total = forms.BooleanField(label=gettext_lazy("The last row is the total"), required=False)
    blank_rows = forms.IntegerField(
        label=gettext_lazy("Blank rows to write in"), required=False, min_value=0, max_value=500
    )
    notes = area(gettext_lazy("Notes under the table"), gettext_lazy("One note a line."), rows=3)
    signatures = line(
        gettext_lazy("Who signs"), gettext_lazy("With commas between, for example 制表人，审核人，负责人.")
    )
    paper = forms.ChoiceField(
        label=gettext_lazy("Paper"),
        required=False,
        choices=[
            ("", gettext_lazy("chosen by the table's width")),
            ("a4 upright", gettext_lazy("A4 upright")),
            ("a4 across", gettext_lazy("A4 across")),
            ("a3 across", gettext_lazy("A3 across")),
        ],
    )

    def clean(self) -> dict[str, Any]:
        """What was read out of a file stays in the form, whatever else is wrong: browsers do not keep files."""
        file = self.cleaned_data.get("file")
        if file:
            try:
                rows = xlsx_rows(file)
            except forms.ValidationError as error:
                self.add_error("file", error)
            else:
                self.cleaned_data["table"] = as_pasted(rows)
                self.data = {
                    **cast("QueryDict", self.data).dict(),
                    self.add_prefix("table"): self.cleaned_data["table"],
                }
        elif "table" in self.cleaned_data and not self.cleaned_data["table"].strip():
            self.add_error("table", _("Paste a table, or choose a file."))
        return super().clean()

    def make(self, data: dict[str, Any]) -> Sheet:
        rows = pasted_rows(data["table"])
        head, body = (rows or [[]])[0], rows[1:]
        totals = body.pop() if data["total"] and body else []
        size, _blank, turned = data["paper"].partition(" ")
        return table_sheet(
            title=data["title"],
            subtitle=data["subtitle"],
            columns=head,
            rows=body,
            totals=totals,
            blank_rows=data["blank_rows"] or 0,
            notes=data["notes"].splitlines(),
            signatures=re.split(r"[,，、]", data["signatures"]),
            size=size,
            landscape={"upright": False, "across": True}.get(turned),
        )


class ReplySlipForm(PaperForm):
    key, name = "reply-slip", gettext_lazy("Reply slip")
    purpose = gettext_lazy("Lines to fill in by hand, to cut off and give back.")
    title = line(gettext_lazy("Title"), required=True, initial="回执")
    about = line(gettext_lazy("What it answers"), gettext_lazy("For example the title of the notice."))
    fields_text = area(
        gettext_lazy("What to fill in"),
        gettext_lazy(
            "One row a line. Several beside each other: 姓名|所在村. Boxes to tick: 是否参加：参加/不参加. "
            "Several lines to write on: 意见（4行）."
        ),
        required=True,
        rows=6,
    )
    return_to = line(gettext_lazy("Return to"), required=True)
    deadline = line(gettext_lazy("Return by"), gettext_lazy("For example 2026年12月10日; the word 前 is added."))
    phone = line(gettext_lazy("Phone"), gettext_lazy("A landline of the office."))
    per_page = forms.TypedChoiceField(
        label=gettext_lazy("Slips on a page"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", gettext_lazy("as many as fit")), ("1", "1"), ("2", "2"), ("3", "3")],
    )

    def make(self, data: dict[str, Any]) -> Sheet:
        rows = [row for row in plain(data["fields_text"]).splitlines() if row.strip()]
        return reply_slip_sheet(
            title=data["title"],
            about=data["about"],
            fields=[[slip_field(part) for part in re.split(r"[|｜\t]", row) if part.strip()] for row in rows],
            return_to=data["return_to"],
            deadline=data["deadline"].removesuffix("前"),
            phone=data["phone"],
            per_page=data["per_page"],
        )


class SeatCardForm(PaperForm):
    key, name = "seat-card", gettext_lazy("Seat cards")
    purpose = gettext_lazy("Names on both sides, folded so that the card stands.")
    names = area(
        gettext_lazy("Names"),
        gettext_lazy("One name a line. A smaller line below the name: 王建国|柳岸村."),
        required=True,
        longest=MOST_CARDS * 60,
    )
    per_sheet = forms.TypedChoiceField(
        label=gettext_lazy("Cards on a sheet"), coerce=int, choices=[("1", "1"), ("2", "2")], initial="1"
    )

    def make(self, data: dict[str, Any]) -> Sheet:
        rows = [re.split(r"[|｜\t]", row, maxsplit=1) for row in plain(data["names"]).splitlines() if row.strip()]
        if len(rows) > MOST_CARDS:
            raise forms.ValidationError(
                _("%(count)d cards are too many at once; print up to %(most)d.")
                % {"count": len(rows), "most": MOST_CARDS}
            )
        return seat_card_sheet([SeatCard(*row) for row in rows], per_sheet=data["per_sheet"])


class DoorPlateForm(PaperForm):
    key, name = "door-plate", gettext_lazy("Door plate")
    purpose = gettext_lazy("A unit's name in large characters, with what a visitor asks for.")
    unit = line(gettext_lazy("Unit on the plate"), required=True)
    signatory = line(gettext_lazy("Office it belongs to"))
    place = line(gettext_lazy("Room"), gettext_lazy("For example 二楼205室."))
    phone = line(gettext_lazy("Phone"), gettext_lazy("A landline of the office."))
    hours = line(gettext_lazy("When somebody is there"))
    supervision_phone = line(gettext_lazy("Phone for complaints"))

    def make(self, data: dict[str, Any]) -> Sheet:
        names = ("unit", "place", "phone", "hours", "supervision_phone")
        return door_plate_sheet(**{name: plain(data[name]) for name in names}, issuer=plain(data["signatory"]))


def slip_field(text: str) -> SlipField:
    """A field as it is typed: 姓名, 是否参加：参加/不参加, 意见（4行）."""
    label, _colon, choices = text.strip().replace(":", "：").partition("：")
    options = tuple(one.strip() for one in re.split(r"[/／]", choices) if one.strip())
    if found := _LINES.search(label):
        return SlipField(label[: found.start()].strip(), options, max(1, int(found[1] or found[2])))
    return SlipField(label, options)


FORMS: dict[str, type[PaperForm]] = {
    form.key: form for form in (DocumentForm, ServedNoticeForm, TableForm, ReplySlipForm, SeatCardForm, DoorPlateForm)
}
