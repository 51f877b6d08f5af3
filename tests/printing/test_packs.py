"""Print packs: ordered, printed in turns, gone on with, kept for a while."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from printing.domain.packs import PackItem, lifecycle, order_pack, packing, queries
from printing.enums import PackState
from printing.models import Pack
from suite.background.domain import turn
from suite.background.domain.lifecycle import work_on
from suite.desk.domain.queries import desk_of
from suite.periodic.domain.lifecycle import tick
from tests.printing.paper import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packs_folder")]


def letters(*numbers, copies=1):
    return [PackItem("letter", str(number), copies=copies) for number in numbers]


def current(pack):
    return Pack.objects.get(pk=pack.pk)


def texts(pack):
    """Per page of the file, the number of the letter on it (None for an empty page)."""
    pages = (page.extract_text() for page in PdfReader(pack.file).pages)
    return [int(page.split("信函")[1].split("。")[0]) if "信函" in page else None for page in pages]


@pytest.mark.pdf
def test_papers_become_one_file_in_their_order_with_a_bookmark_each(post, clerk):
    pack = order_pack("今日张贴", letters(3, 1, 2), clerk)
    assert (pack.state, pack.done, pack.pages, pack.problems) == (PackState.DONE, 3, 3, [])
    reader = PdfReader(pack.file)
    assert texts(pack) == [3, 1, 2]
    marks = [
        (mark.title, reader.get_destination_page_number(mark)) for mark in reader.outline if not isinstance(mark, list)
    ]
    assert marks == [(f"关于第{number}号事项的通知（信函）", place) for place, number in enumerate((3, 1, 2))]
    assert reader.metadata.title == "今日张贴"
    assert reader.root_object["/Lang"] == "zh-CN"


@pytest.mark.pdf
def test_thirty_papers_are_all_there_and_only_the_file_is_kept(post, clerk):
    pack = order_pack("三十份", letters(*range(1, 31)), clerk)
    assert texts(pack) == list(range(1, 31))
    assert [path.name for path in pack.folder.iterdir()] == ["pack.pdf"]


@pytest.mark.pdf
def test_copies_follow_each_other_and_begin_on_new_sheets_where_both_sides_are_printed(post, clerk):
    assert texts(order_pack("两份", letters(1, 2, copies=2), clerk)) == [1, 1, 2, 2]
    both = order_pack("双面", letters(1, 2, copies=2), clerk, both_sides=True)
    assert texts(both) == [1, None, 1, None, 2, None, 2]


@pytest.mark.pdf
def test_a_document_deleted_while_its_pack_prints_is_named_and_the_rest_is_made(post, clerk):
    post.before_setting = lambda number: post.gone.add(3) if number == 2 else None
    pack = order_pack("一份已删", letters(1, 2, 3, 4), clerk)
    assert texts(pack) == [1, 2, 4]
    assert [(one["title"], one["reason"]) for one in pack.missing] == [
        ("关于第3号事项的通知（信函）", "已被删除，找不到了。")
    ]


@pytest.mark.pdf
def test_what_one_may_not_print_any_more_when_its_turn_comes_is_left_out(post, clerk):
    post.before_setting = lambda number: post.shut.add(2)
    pack = order_pack("撤下一份", letters(1, 2), clerk)
    assert texts(pack) == [1]
    assert [one["reason"] for one in pack.missing] == ["您不能打印这一份：它没有发布（或已撤下），或者不对您开放。"]


@pytest.mark.pdf
def test_a_character_no_font_has_and_a_fault_of_the_program_hold_up_nothing(post, clerk, monkeypatch, caplog):
    def fault(number):
        if number == 2:
            raise ZeroDivisionError

    post.before_setting = fault
    monkeypatch.setattr(type(post.find("3")), "__str__", lambda self: "缺字\U000323b0" if self.number == 3 else "通知")
    pack = order_pack("两份不行", letters(1, 2, 3, 4), clerk)
    assert texts(pack) == [1, 4]
    reasons = [one["reason"] for one in pack.missing]
    assert reasons[0] == "程序出错，没有打印。请告诉系统管理员。"
    assert "U+323B0" in reasons[1]
    assert "ZeroDivisionError" in caplog.text


def test_a_pack_of_which_nothing_can_be_printed_fails_and_says_so(post, clerk, queued):
    pack = order_pack("全没了", letters(1), clerk)
    post.gone.add(1)
    work_on(*queued[0])
    pack = current(pack)
    assert (pack.state, pack.message) == (PackState.FAILED, "没有一份能够打印，原因见下。")
    assert len(pack.missing) == 1


def refused(clerk, items):
    with pytest.raises(ValidationError) as refusal:
        order_pack("不行", items, clerk)
    assert Pack.objects.count() == 0
    return refusal.value.messages


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ([], "没有要打印的内容：请至少选一份。"),
        (letters(*range(301)), "一个打印包放不下301份。一次最多300份，请分几次打印。"),
        (letters(1, copies=101), "每份可打印1到100张（套）。"),
        (letters(1, copies=0), "每份可打印1到100张（套）。"),
        (letters(*range(1, 12), copies=100), "所有份数加起来最多1000份：可以把做好的文件多打印几次。"),
        (letters("x"), "letter x: 已被删除，找不到了。"),
        ([PackItem("letter", "1", "a3")], "letter 1: 不能用A3纸打印，可选：A4。"),
        ([PackItem("none", "1")], "none 1: “none”这类文件（已）不能打印。"),
        (letters(7), "letter 7: 您不能打印这一份：它没有发布（或已撤下），或者不对您开放。"),
    ],
)
def test_an_order_that_cannot_be_met_is_refused_as_a_whole(post, clerk, queued, items, message):
    post.shut.add(7)
    assert refused(clerk, items) == [message]
    assert queued == []


def test_of_many_refusals_the_first_are_named_and_the_others_counted(post, clerk, queued):
    post.gone.update(range(1, 9))
    assert refused(clerk, letters(*range(1, 10)))[5:] == ["……还有3份。"]


def test_who_has_five_packs_waiting_waits_with_the_next(post, clerk, queued):
    for number in range(5):
        order_pack(f"第{number}个", letters(1), clerk)
    with pytest.raises(ValidationError, match="还有5个打印包没有做完"):
        order_pack("第六个", letters(1), clerk)


def test_who_was_locked_out_meanwhile_gets_nothing(post, clerk, queued):
    pack = order_pack("离岗", letters(1), clerk)
    clerk.is_active = False
    clerk.save()
    work_on(*queued[0])
    assert current(pack).state == PackState.FAILED
    assert post.set == []


@pytest.mark.pdf
def test_a_long_pack_is_printed_in_turns_so_that_other_work_gets_its_own(post, clerk, queued, monkeypatch):
    monkeypatch.setattr(turn, "TURN_SECONDS", 0)
    pack = order_pack("三轮", letters(1, 2, 3), clerk)
    states = []
    for number in range(3):
        work_on(*queued[number])
        states.append((current(pack).state, current(pack).done, len(post.set)))
    assert states == [("printing", 1, 1), ("printing", 2, 2), ("done", 3, 3)]
    assert post.set == [1, 2, 3]


@pytest.mark.pdf
def test_a_pack_whose_worker_fell_silent_goes_on_from_where_it_stood(post, clerk, queued, monkeypatch):
    pack = order_pack("断电", letters(1, 2, 3), clerk)

    def power_cut(number):
        if number == 2:
            raise KeyboardInterrupt

    post.before_setting = power_cut
    with pytest.raises(KeyboardInterrupt):
        work_on(*queued[0])
    assert current(pack).running is True
    post.before_setting = lambda number: None
    assert f"background.revive:printing.pack:{pack.pk}:1" in tick(timezone.now() + timedelta(seconds=70)).done
    assert queued[1:] == [(Pack, pack.pk, 2)]
    work_on(*queued[1])
    assert current(pack).state == PackState.DONE
    assert post.set == [1, 2, 2, 3]
    assert texts(current(pack)) == [1, 2, 3]


@pytest.mark.pdf
def test_a_document_during_which_the_worker_dies_three_times_is_left_out(post, clerk, queued):
    pack = order_pack("害群之马", letters(1, 2, 3), clerk)

    def killed(number):
        if number == 2:
            raise SystemExit

    post.before_setting = killed
    for _ in range(3):
        with pytest.raises(SystemExit):
            work_on(*queued[-1])
        tick(timezone.now() + timedelta(seconds=70))
    work_on(*queued[-1])
    assert texts(current(pack)) == [1, 3]
    assert [one["item"] for one in current(pack).missing] == [1]
    assert post.set == [1, 2, 2, 2, 3]


def test_a_pack_that_could_not_be_made_is_on_the_desk(post, clerk, queued):
    pack = order_pack("没救", letters(1), clerk)
    post.gone.add(1)
    work_on(*queued[0])
    assert [one.key for group in desk_of(clerk).groups for one in group.items] == [f"printing.pack:{pack.pk}"]


@pytest.mark.pdf
def test_one_cancelled_while_it_prints_stops_and_leaves_nothing(post, clerk, queued, monkeypatch):
    monkeypatch.setattr(turn, "PROGRESS_EVERY", 0)
    pack = order_pack("不要了", letters(1, 2, 3), clerk)
    post.before_setting = lambda number: lifecycle.cancel(pack, clerk) if number == 2 else None
    work_on(*queued[0])
    assert current(pack).state == PackState.CANCELLED
    assert post.set == [1, 2]
    assert not pack.folder.exists()
    with pytest.raises(ValidationError, match="已经结束"):
        lifecycle.cancel(pack, clerk)


@pytest.mark.pdf
def test_the_file_goes_after_seven_days_and_the_row_stays(post, clerk):
    pack = order_pack("一周", letters(1), clerk)
    days = lifecycle.KEPT.days
    assert days == 7
    tick(pack.finished_at + timedelta(days=days, seconds=-1))
    assert pack.file.exists()
    tick(pack.finished_at + timedelta(days=days))
    assert not pack.folder.exists()
    assert current(pack).state == PackState.DONE


def test_folders_of_packs_that_are_gone_are_swept_away(post, clerk, queued, packs_folder):
    pack = order_pack("留下", letters(1), clerk)
    for name in (pack.folder_name.hex, "0" * 32):
        (packs_folder / name).mkdir(parents=True)
    tick(timezone.now())
    assert [folder.name for folder in packs_folder.iterdir()] == [pack.folder_name.hex]


@pytest.mark.pdf
def test_its_folder_is_open_to_the_sites_own_account_alone(post, clerk):
    pack = order_pack("私有", letters(1), clerk)
    assert oct(pack.folder.stat().st_mode)[-3:] == "700"


@pytest.mark.pdf
def test_a_disk_that_takes_nothing_more_is_said(post, clerk, queued, monkeypatch):
    def full(target, content):
        raise OSError(28, "No space left on device")

    pack = order_pack("盘满", letters(1), clerk)
    monkeypatch.setattr(packing, "write_whole", full)
    work_on(*queued[0])
    assert current(pack).state == PackState.FAILED
    assert current(pack).message.startswith("文件无法写入（")


@pytest.mark.pdf
def test_a_part_that_is_no_pdf_any_more_fails_the_pack_with_words(post, clerk, queued, monkeypatch):
    pack = order_pack("坏页", letters(1), clerk)
    monkeypatch.setattr(packing, "write_whole", lambda target, content: target.write_bytes(b""))
    work_on(*queued[0])
    assert current(pack).message == "各份无法合成一个文件。请告诉系统管理员。"


@pytest.mark.pdf
def test_a_picture_that_had_to_be_left_out_is_told_beside_the_file(post, clerk, monkeypatch):
    from printing.domain.door import Paper, print_found

    def warn(*args):
        paper = print_found(*args)
        return Paper(paper.content, paper.file_name, paper.sheet, ("图片坏了",))

    monkeypatch.setattr(packing, "print_found", warn)
    pack = order_pack("缺图", letters(1), clerk)
    assert texts(pack) == [1]
    assert ([one["reason"] for one in pack.flawed], pack.missing) == (["图片坏了"], [])


@pytest.mark.pdf
def test_the_log_says_who_ordered_and_what_became_of_it(post, clerk):
    pack = order_pack("记录", letters(1, 2), clerk)
    entries = ModelLogEntry.objects.for_instance(pack).order_by("pk")
    assert [(entry.user, entry.message) for entry in entries] == [(clerk, "预定打印2份"), (None, "已打印2份")]


@pytest.mark.parametrize(
    ("state", "done", "age", "expected"),
    [
        (PackState.PRINTING, 25, 10, "25 / 100，约还需30秒"),
        (PackState.PRINTING, 100, 10, "100 / 100，正在合成一个文件"),
        (PackState.CANCELLED, 5, 10, "已取消"),
        (PackState.DONE, 100, 10, "一个文件，共104页"),
    ],
)
def test_progress_is_told_in_one_line(clerk, state, done, age, expected):
    now = timezone.now()
    pack = Pack(title="一百份", total=100, done=done, pages=104, state=state)
    pack.requested_at, pack.started_at = now - timedelta(seconds=age), now - timedelta(seconds=10) if done else None
    assert queries.progress_text(pack, now) == expected


@pytest.mark.pdf
def test_a_paper_in_a_pack_is_the_paper_of_the_door(post, clerk):
    from printing.domain.door import print_document

    pack = order_pack("一样", letters(1), clerk)
    assert text(pack.file.read_bytes()) == text(print_document("letter", "1").content)
    assert len(PdfReader(io.BytesIO(pack.file.read_bytes())).pages) == 1
