"""通知书 with its 送达回证, measured on the PDF."""

import itertools
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from printing.domain.rendering import render_pdf
from printing.domain.richtext import paragraphs
from printing.domain.served import served_notice_sheet
from tests.printing.paper import MM, lines, pages, rules, text

SENTENCE = "经查，你于2026年11月承诺完成的“柳岸村污水管网接户”事项，截至11月30日未完成，也未按规定报告原因。"
PARTS = ["送达回证", "送达文书", "受送达人", "送达方式", "送达地点", "送达时间", "送达人签名", "见证人签名", "备注"]


def notice(count=1, **changes):
    given = {
        "title": "责令说明情况通知书",
        "number": "石效通〔2026〕3号",
        "recipient": "王建国",
        "body_html": paragraphs("\n".join([SENTENCE] * count)),
        "signatory": "石桥镇效能建设领导小组办公室",
        "day": date(2026, 12, 1),
    }
    return served_notice_sheet(**{**given, **changes})


def paper(count=1, **changes):
    return render_pdf(notice(count, **changes))


def words(page):
    return "".join(one["text"] for one in page.chars)


pytestmark = pytest.mark.pdf


def test_title_number_and_recipient_follow_each_other():
    page = pages(paper())[0]
    assert words(page).startswith("责令说明情况通知书石效通〔2026〕3号王建国：经查")
    title = [one for one in page.chars if abs(one["size"] - 22) < 0.1]
    number = next(line for line in lines(paper()) if line.text == "石效通〔2026〕3号")
    assert "".join(one["text"] for one in title) == "责令说明情况通知书"
    assert (number.left + number.right) / 2 == pytest.approx((28 + 184) / 2, abs=0.3)
    assert 0 < number.top - max(one["bottom"] for one in title) * MM < 6


def test_it_keeps_the_text_area_and_the_seals_room_of_an_official_document():
    found = lines(paper(12))
    assert min(line.left for line in found) == pytest.approx(28, abs=0.2)
    assert max(line.right for line in found) == pytest.approx(184, abs=0.3)
    day = next(line for line in found if line.text == "2026年12月1日")
    assert day.right == pytest.approx(184 - 4 * 16 * MM, abs=0.3)


def test_the_basis_and_the_time_to_answer_close_the_text_and_the_contact_stands_under_the_date():
    shown = text(
        paper(basis="《办法》第十二条", deadline="2026年12月8日前书面答复。", contact="张敏", phone="0575-86012345")
    )
    assert "依据：《办法》第十二条。答复期限：2026年12月8日前书面答复。石桥镇" in shown
    assert "2026年12月1日（联系人：张敏，联系电话：0575-86012345）" in shown


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 12, 20])
def test_the_receipt_is_whole_on_one_page_however_long_the_notice_is(count):
    made = pages(paper(count))
    assert [[part in words(page) for part in PARTS] for page in made if "送达回证" in words(page)] == [
        [True] * len(PARTS)
    ]
    assert sum("送达回证" in words(page) for page in made) == 1
    assert max(one["bottom"] for page in made for one in page.chars if one["size"] == 12) * MM <= 262.2


def test_the_receipt_names_what_was_served_on_whom_and_by_whom():
    shown = text(paper(served_by="李强"))
    assert "送达文书责令说明情况通知书（石效通〔2026〕3号）受送达人王建国送达方式" in shown
    assert "送达人签名李强" in shown


def test_every_line_of_the_receipt_is_high_enough_to_write_on():
    page = pages(paper(1))[0]
    head = min(one["bottom"] for one in page.chars if abs(one["size"] - 18) < 0.1) * MM
    found = [rule for rule in rules(page) if rule > head]
    assert len(found) == 8
    assert min(below - above for above, below in itertools.pairwise(found)) >= 10


def test_the_receipt_can_be_left_out():
    assert "送达回证" not in text(paper(receipt=False))


def test_a_long_title_without_number_and_signature_is_set_whole():
    title = "关于责令就有关事项作出书面说明并限期整改的通知书" * 8
    shown = text(paper(title=title[:200], number="", signatory="", day=None))
    assert shown.startswith(f"{title[:200]}王建国：")


@pytest.mark.parametrize("missing", ["title", "recipient"])
def test_without_title_or_recipient_nothing_is_served(missing):
    with pytest.raises(ValidationError):
        notice(**{missing: " "})
