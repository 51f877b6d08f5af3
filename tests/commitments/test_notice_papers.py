"""Notice and answer on paper: what they say, the receipt, who may have them."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from commitments.domain.lifecycle import notices, objections
from commitments.domain.papers.notices import answer_sheet, notice_sheet
from commitments.enums import Grade, Outcome
from printing.domain.door import print_document
from printing.domain.registry import find_printable
from printing.domain.wording import wording
from printing.models import PaperVersion
from tests.commitments import notice_staging as staging

DATE = datetime.date.fromisoformat


def words(sheet):
    return "\n".join(wording(sheet).paragraphs)


def test_the_notice_says_what_failed_what_is_asked_and_until_when(town):
    sheet = notice_sheet(staging.approved(town))
    text = words(sheet)
    assert (sheet.title, sheet.issued, sheet.draft, sheet.ended) == (
        "责令说明情况通知书",
        DATE("2026-12-02"),
        False,
        "",
    )
    for part in (
        "石效通〔2026〕1号",
        "陈志强同志：",
        "你2026年11月的月承诺中，下列事项没有完成：",
        "1.第1项重点工作：目标是完成12户，2026年11月25日前完成。",
        "第1项工作到月底没有开始。请说明情况。",
        "现责令你书面说明情况",
        "自收到本通知书次日起5个工作日内书面答复。",
        "送达回证",
    ):
        assert part in text
    assert "第3项" not in text


@pytest.mark.parametrize(
    ("grade", "part"),
    [
        (Grade.TALK, "谈话时间：2026年12月10日9时00分；谈话人：李卫东。"),
        (Grade.RECTIFY, "现责令你于2026年12月24日前完成整改，并作出书面答复。"),
    ],
)
def test_the_grade_says_what_is_asked(town, grade, part):
    assert part in words(notice_sheet(staging.approved(town, grade=grade)))


def test_a_month_that_was_not_filed_reads_so(town):
    commitment = staging.failed(town.cadre, town.economy, outcomes=[Outcome.NOT])
    commitment.promises.update(missing=True)
    text = words(notice_sheet(staging.approved(town, commitment)))
    assert "经核实，你没有填报2026年11月的月承诺。" in text
    assert "第1项重点工作：" not in text


def test_a_proposal_is_a_draft_and_a_withdrawn_one_says_so(town):
    assert notice_sheet(staging.proposed(town)).draft
    notice = staging.approved(town, staging.failed(town.colleague, town.economy))
    withdrawn = notices.withdraw(notice, "写错了。", town.office.user)
    assert (notice_sheet(withdrawn).draft, notice_sheet(withdrawn).ended) == (False, "本通知书已撤销。")


def test_the_second_paper_tells_everything_that_came(town, december):
    notice = staging.objected(town, grade=Grade.TALK)
    objections.decide_objection(notice.objection, False, "签收单上没有。", town.head.user)
    december.go(days=1)
    notice = notices.answer(notice, "月底补上。", town.cadre.user)
    notice = notices.ask_again(notice, "没说原因", town.office.user)
    notice = notices.record_talk(notice, december.now, town.leader, "谈了进度。", town.leader.user)
    notice = notices.answer(notice, "原因是人手不足。", town.cadre.user)
    sheet = answer_sheet(notices.close(notice, "属实。", town.office.user))
    text = words(sheet)
    for part in (
        "一、异议（2026年12月2日提出）\n材料月底前已经交了。",
        "二、异议裁定（2026年12月2日）\n异议不成立，通知书有效。\n签收单上没有。",
        "三、谈话记录（2026年12月3日，谈话人李卫东）\n谈了进度。",
        "四、答复（2026年12月3日）\n月底补上。\n效能办要求补正：没说原因。",
        "五、答复（2026年12月3日）\n原因是人手不足。",
        "六、核查（已结案，2026年12月3日）\n属实。",
        "谈话人签名：",
    ):
        assert part in text


def test_the_second_paper_waits_until_something_came(town):
    printable, found = find_printable("commitment-answer", str(staging.served(town).pk))
    assert printable.refusal(found) == "这份责任通知书还没有答复、异议或者谈话记录可以打印。"
    notices.answer(found, "已补。", town.cadre.user)
    printable, found = find_printable("commitment-answer", str(found.pk))
    assert printable.refusal(found) == ""


@pytest.mark.parametrize("key", ["", "x", "0", "１"])
def test_a_key_that_is_none_finds_no_paper(town, key):
    with pytest.raises(ValidationError):
        find_printable("commitment-notice", key)


def test_the_numbers_of_the_parts_go_on_after_ten(town):
    notice = staging.answered(town)
    for _round in range(11):
        notice = notices.answer(notices.ask_again(notice, "再补。", town.office.user), "补。", town.cadre.user)
    assert "十二、答复（" in words(answer_sheet(notice))


@pytest.mark.pdf
def test_it_is_printed_and_leaves_no_trace(town, client):
    notice = staging.answered(town)
    paper = print_document("commitment-notice", str(notice.pk))
    assert paper.content.startswith(b"%PDF")
    assert paper.file_name == "责令说明情况通知书 陈志强 石效通〔2026〕1号.pdf"
    client.force_login(town.cadre.user)
    for kind in ("commitment-notice", "commitment-answer"):
        response = client.get(f"/print/{kind}/{notice.pk}.pdf")
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert "private" in response["Cache-Control"]
    assert PaperVersion.objects.count() == 0
