"""The workbook of all items: out, in again, and whatever an office may send instead."""

import datetime
import io
import zipfile

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook
from wagtail.admin.models import EditingSession
from wagtail.documents import get_document_model
from wagtail.models import ModelLogEntry, PageLogEntry

from guides.domain.elements import elements
from guides.domain.exchange.columns import ITEMS, PARTS, SHEETS, STEPS
from guides.domain.exchange.importing import import_items
from guides.domain.exchange.planning import plan_import
from guides.domain.exchange.reading import read_workbook
from guides.domain.exchange.writing import export_guides, template
from guides.models import GuidePage, GuidePlace
from suite.publishing.domain import submit
from suite.registers.workbook import container, reading
from suite.roles.domain import group

from .conftest import material, step
from .random_guides import guides

pytestmark = pytest.mark.django_db

POINTERS = (("材料", "仅适用于答案"), ("环节", "去向2环节"))


@pytest.fixture
def editor(django_user_model):
    person = django_user_model.objects.create_user("editor-of-guides", first_name="王芳")
    person.groups.add(group("editor"))
    return person


def exported():
    book = io.BytesIO()
    export_guides(book)
    return book


def edited(change, book=None):
    """The workbook as it is, or of all items, after ``change(openpyxl workbook)``."""
    opened = load_workbook(book or exported())
    change(opened)
    output = io.BytesIO()
    opened.save(output)
    return output


def filled(*rows, **parts):
    """The empty template with items (dicts by heading) and rows of the other sheets."""

    def fill(book):
        for title, lines in {"事项": rows, **parts}.items():
            sheet = book[title]
            headings = [cell.value for cell in sheet[1]]
            for number, line in enumerate(lines, 2):
                for heading, value in line.items():
                    sheet.cell(number, headings.index(heading) + 1, value)

    book = io.BytesIO()
    template(book)
    return edited(fill, book)


def cell_of(book, sheet, heading, row=2):
    page = book[sheet]
    return page.cell(row, [cell.value for cell in page[1]].index(heading) + 1)


def problems(book):
    return [f"{one.place}：{one.message}" for one in read_workbook(book).problems]


def refusal(book):
    with pytest.raises(ValidationError) as caught:
        read_workbook(book)
    return " ".join(caught.value.messages)


def imported(book, user=None):
    found = read_workbook(book)
    assert found.problems == []
    plan = plan_import(found.items, user)
    assert plan.problems == []
    assert import_items(plan, found.items, user, "表.xlsx") == []
    return plan


def summary(plan):
    return [(step.title, step.action, step.headings) for step in plan.steps]


# What an office gets


def test_the_template_is_the_same_workbook_without_items(draft):
    draft()
    empty, full = io.BytesIO(), exported()
    template(empty)
    empty_book, full_book = load_workbook(empty), load_workbook(full)
    assert empty_book.sheetnames == full_book.sheetnames == ["说明", *(sheet.title for sheet in SHEETS), "选项"]
    for sheet in SHEETS:
        heads = [[cell.value for cell in book[sheet.title][1]] for book in (empty_book, full_book)]
        assert heads == [sheet.headings, sheet.headings]
        assert empty_book[sheet.title].max_row == 1
    assert full_book["事项"].max_row == 2


def test_the_head_stays_choices_drop_down_and_every_column_has_a_hint(draft):
    book = load_workbook(exported())
    for sheet in SHEETS:
        page = book[sheet.title]
        assert page.freeze_panes in ("B2", "C2")
        hints = {str(one.sqref): one for one in page.data_validations.dataValidation}
        assert len(hints) == len(sheet.columns)
        assert all(one.prompt for one in hints.values())
    lists = {one.promptTitle: one.formula1 for one in book["事项"].data_validations.dataValidation}
    assert lists["办件类型"] == '"即办件,承诺件,报批件,联办件,代理件"'
    assert lists["窗口办理"] == '"是,否"'
    assert lists["实施主体"].startswith("'选项'!$A$2:")


def test_the_guidance_explains_every_column(draft):
    rows = list(load_workbook(exported())["说明"].iter_rows(values_only=True))
    explained = {(row[0], row[1]): row[2] for row in rows if row[1]}
    assert all(explained[sheet.title, heading] for sheet in SHEETS for heading in sheet.headings)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@cmd", '=HYPERLINK("http://x")'])
def test_what_looks_like_a_formula_is_text_in_the_workbook_and_comes_back_as_it_was(draft, text):
    draft(summary=text)
    book = exported()
    cell = cell_of(load_workbook(book), "事项", "一句话说明")
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert read_workbook(book).items[0].values["summary"] == text


def test_a_text_longer_than_a_cell_is_refused_not_cut(draft):
    draft(remedies="长" * 40_000)
    with pytest.raises(ValidationError, match="救济途径"):
        exported()


# Out and in again


def test_what_was_exported_is_unchanged(draft):
    draft()
    draft(title="临时救助", slug="lin-shi", steps=[step("受理", ways=[("齐全", "2"), ("不齐", "0")]), step("审核", 3)])
    plan = plan_import(read_workbook(exported()).items, None)
    assert [one.action for one in plan.steps] == ["same", "same"]
    assert (plan.left_alone, plan.problems) == (0, [])


def test_the_newest_draft_is_what_goes_out(draft, publish):
    guide = publish(draft())
    guide.summary = "还没有公布的新说法。"
    guide.save_revision()
    assert cell_of(load_workbook(exported()), "事项", "一句话说明").value == "还没有公布的新说法。"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=guides)
def test_any_guide_goes_out_and_into_an_empty_index_the_same(draft, hall, fields):
    with transaction.atomic():
        guide = draft(slug="shi-xiang", **fields)
        guide.places.add(GuidePlace(unit=hall, hours="=赶集日"))
        guide.save()
        before = elements(GuidePage.objects.get())
        book = exported()
        assert [one.action for one in plan_import(read_workbook(book).items, None).steps] == ["same"]
        GuidePage.objects.get().delete()
        imported(book)
        new = GuidePage.objects.get()
        assert elements(new) == before
        assert elements(new.get_latest_revision_as_object()) == before
        assert new.slug == "shi-xiang"
        transaction.set_rollback(True)


def test_samples_links_and_replacements_come_back_by_name(draft, index):
    files = get_document_model().objects
    sample, other = files.create(title="申请表", file="a.txt"), files.create(title="申请表", file="b.txt")
    blank = files.create(title="空白表 #1", file="c.txt")
    new = draft(title="新办法", slug="xin")
    old = draft(
        title="旧办法",
        slug="jiu",
        materials=[material(sample=sample.pk, blank=blank.pk)],
        result_sample=other,
        basis=[{"type": "basis", "value": {"title": "办法", "article": "", "page": index.pk}}],
        replaced_by=new,
    )
    before = elements(old)
    book = exported()
    assert cell_of(load_workbook(book), "事项", "结果样本", 3).value == f"申请表 #{other.pk}"
    for guide in GuidePage.objects.order_by("-pk"):
        guide.delete()
    imported(book)
    back = GuidePage.objects.get(slug="jiu")
    assert elements(back) == before
    assert back.materials[0].value["sample"] == sample
    assert (back.replaced_by.slug, back.result_sample) == ("xin", other)


def test_what_the_workbook_cannot_show_stays_where_it_was_not_changed(draft):
    guide = draft(conditions="<p><b>必须</b>是本镇户籍。</p>")
    guide.save_revision()
    first = guide.materials[0].id

    def change(book):
        cell_of(book, "事项", "收费标准").value = "10元"
        cell_of(book, "材料", "复印件份数").value = 3

    imported(edited(change))
    now = GuidePage.objects.get().get_latest_revision_as_object()
    assert now.conditions == "<p><b>必须</b>是本镇户籍。</p>"
    assert (now.materials[0].id, now.materials[0].value["copies"]) == (first, 3)


# Filled in by an office


ROW = {"事项编号": "低保", "事项名称": "最低生活保障审核确认"}


def test_a_template_filled_in_by_hand_becomes_drafts(index, hall, event, editor):
    plan = imported(
        filled(
            {
                **ROW, "办件类型": "承诺件", "承诺时限": "20", "咨询电话": 88120311, "实施主体": hall.name,
                "生效日期": "2026年11月21日", "有效期至": datetime.date(2027, 1, 2),
                "人生大事": "生活困难", "村级代办": "√", "受理条件": "一、本镇户籍。\n\n二、收入低。",
            },
            材料=[
                {"事项编号": "低保", "材料名称": "身份证"},
                {"事项编号": "低保", "材料名称": "户口簿", "复印件份数": 2},
            ],
            环节=[{"事项编号": "低保", "环节名称": "受理", "去向2情形": "不齐", "去向2环节": 0}],
            问题=[{"事项编号": "低保", "问题": "谁来办？", "答案A": "本人", "答案B": "家人"}],
            地点=[{"事项编号": "低保", "窗口或站点": hall.name, "窗口": 3}],
        ),
        editor,
    )  # fmt: skip
    assert [(one.key, one.action) for one in plan.steps] == [("di-bao", "create")]
    guide = GuidePage.objects.get()
    assert (guide.slug, guide.live, guide.owner) == ("di-bao", False, editor)
    assert (guide.promised_limit, guide.contact_phone, guide.by_agent, guide.at_window) == (20, "88120311", True, True)
    assert (guide.valid_from, guide.valid_until) == (datetime.date(2026, 11, 21), datetime.date(2027, 1, 2))
    assert guide.conditions == "<p>一、本镇户籍。</p><p>二、收入低。</p>"
    assert [(m.value["name"], m.value["originals"], m.value["copies"]) for m in guide.materials] == [
        ("身份证", 1, 0),
        ("户口簿", 0, 2),
    ]
    assert [dict(way) for way in guide.steps[0].value["ways"]] == [{"label": "不齐", "to": "0"}]
    assert [place.window for place in guide.places.all()] == ["3"]
    assert [one.name for one in guide.life_events.all()] == ["生活困难"]
    assert guide.get_latest_revision().user == editor
    entry = PageLogEntry.objects.get(action="guides.import")
    assert (entry.user, entry.data) == (editor, {"file": "表.xlsx", "created": 1, "changed": 0, "refused": 0})
    assert not ModelLogEntry.objects.filter(action="guides.import").exists()


def test_the_same_file_again_changes_nothing(index):
    imported(filled(ROW))
    assert [one.action for one in imported(filled(ROW)).steps] == ["same"]
    assert GuidePage.objects.count() == 1


def test_a_public_guide_gets_a_draft_and_stays_as_it_is(draft, publish, editor):
    guide = publish(draft())

    def change(book):
        cell_of(book, "事项", "承诺时限").value = 15

    plan = imported(edited(change), editor)
    assert summary(plan) == [("最低生活保障审核确认", "change", ["承诺时限"])]
    assert plan.steps[0].remarks == ["已对外公布：新内容经核稿、审批之前，公布的版本不变。"]
    guide = GuidePage.objects.get()
    assert (guide.live, guide.has_unpublished_changes, guide.promised_limit) == (True, True, 20)
    assert guide.get_latest_revision_as_object().promised_limit == 15
    assert guide.versions.count() == 1


def test_an_empty_cell_clears_and_a_missing_item_is_left_alone(draft):
    draft()
    draft(title="临时救助", slug="lin-shi")

    def change(book):
        cell_of(book, "事项", "通办范围").value = None
        for title in [ITEMS.title, *(part.title for part in PARTS)]:
            sheet = book[title]
            for row in range(sheet.max_row, 1, -1):
                if sheet.cell(row, 1).value == "lin-shi":
                    sheet.delete_rows(row)

    plan = imported(edited(change))
    assert summary(plan) == [("最低生活保障审核确认", "change", ["通办范围"])]
    assert plan.left_alone == 1
    assert GuidePage.objects.get(slug="lin-shi").has_unpublished_changes is False


def test_a_dry_run_writes_nothing(index, draft):
    draft()
    items = read_workbook(filled(ROW)).items
    before = (GuidePage.objects.count(), PageLogEntry.objects.count())
    assert summary(plan_import(items, None)) == [("最低生活保障审核确认", "create", [])]
    assert (GuidePage.objects.count(), PageLogEntry.objects.count()) == before


# Somebody else is at it


def test_a_guide_that_is_being_checked_is_locked_for_the_editor_and_checked_again_for_the_administrator(
    draft, editor, django_user_model
):
    guide = draft(owner=editor)
    guide.save_revision(user=editor)
    submit(guide, editor)

    def change(book):
        cell_of(book, "事项", "通办范围").value = "全县"

    items = read_workbook(edited(change)).items
    plan = plan_import(items, editor)
    assert [(one.place, one.message) for one in plan.problems] == [
        ("事项!A2", "“最低生活保障审核确认”正在“核稿”环节，暂时锁定：请先撤回送审，或从表中去掉这一事项的各行")
    ]
    with pytest.raises(ValidationError):
        import_items(plan, items, editor, "表.xlsx")
    plan = plan_import(items, django_user_model.objects.create_superuser("root"))
    assert (plan.problems, plan.steps[0].remarks) == ([], ["正在“核稿”环节：导入以后要重新核稿。"])


def test_who_has_it_open_in_the_editor_is_named(draft, editor, django_user_model):
    guide = draft()
    other = django_user_model.objects.create_user("other", first_name="李明")
    EditingSession.objects.create(
        user=other,
        content_type=ContentType.objects.get_for_model(GuidePage),
        object_id=str(guide.pk),
        last_seen_at=timezone.now(),
    )

    def change(book):
        cell_of(book, "事项", "通办范围").value = "全县"

    plan = plan_import(read_workbook(edited(change)).items, editor)
    assert plan.steps[0].remarks == ["李明正在编辑器中打开它：其现在输入的内容会覆盖导入的内容。"]


def test_what_points_nowhere_is_noted_with_its_cell_and_stays_in_the_draft(index):
    book = filled(
        {"事项编号": "试办", "事项名称": "试办事项"},
        材料=[{"事项编号": "试办", "材料名称": "申请表", "仅适用于答案": "1A 9Z"}],
        环节=[
            {"事项编号": "试办", "环节名称": "受理", "去向1情形": "齐全", "去向1环节": "2", "去向2环节": "99"},
            {"事项编号": "试办", "环节名称": "发证", "去向1情形": "取走", "去向1环节": "0"},
        ],
        问题=[{"事项编号": "试办", "问题": "谁来办？", "答案A": "本人", "答案B": "代办"}],
    )
    code, way = (cell_of(load_workbook(book), *place).coordinate for place in POINTERS)
    found = read_workbook(book)
    assert found.problems == []
    assert found.notes == [
        f"材料!{code}：没有哪个问题有答案9Z，送审前请改正。",
        f"环节!{way}：没有第99个环节，送审前请改正。",
    ]


def test_what_somebody_changed_after_the_dry_run_is_left_out_and_named(draft):
    guide = draft()
    guide.save_revision()

    def change(book):
        cell_of(book, "事项", "通办范围").value = "全县"

    items = read_workbook(edited(change)).items
    plan = plan_import(items, None)
    guide.scope = "本村"
    guide.save_revision()
    (left_out,) = import_items(plan, items, None, "表.xlsx")
    assert (left_out.title, left_out.reason) == (guide.title, "试读以后有人改动过这一事项：请重新导入文件试读。")
    assert GuidePage.objects.get().get_latest_revision_as_object().scope == "本村"


def test_a_new_guide_needs_an_index(db):
    assert [one.message for one in plan_import(read_workbook(filled(ROW)).items, None).problems] == [
        "还没有“办事指南”页面：请先在首页下新建一个，再导入。"
    ]


def test_items_that_replace_one_another_in_a_circle_are_refused(index):
    book = filled(
        {"事项编号": "甲", "事项名称": "甲", "由哪个事项代替": "乙"},
        {"事项编号": "乙", "事项名称": "乙", "由哪个事项代替": "甲"},
    )
    assert {one.place for one in plan_import(read_workbook(book).items, None).problems} == {"事项!A2", "事项!A3"}


# Wrong cells


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("承诺时限", "二十天", "这里要填整数，如 20，不写单位"),
        ("承诺时限", 2.5, "这里要填整数，如 20，不写单位"),
        ("承诺时限", 0, "确保该值大于或等于1。"),
        ("生效日期", "2026-02-30", "这里要填日期，如 2026-11-21 或 2026年11月21日"),
        ("生效日期", 46000, "这里要填日期，如 2026-11-21 或 2026年11月21日"),
        ("办件类型", "马上办", "“马上办”不在列表中，请选择：即办件、承诺件、报批件、联办件、代理件"),
        ("窗口办理", "也许", "请填“是”或“否”"),
        ("实施主体", "没有的单位", "本站没有叫“没有的单位”的：请从列表中选，或先在本站添加"),
        ("人生大事", "中彩票", "本站没有叫“中彩票”的：请从列表中选，或先在本站添加"),
        ("结果样本", "没有的文件", "本站没有叫“没有的文件”的：请从列表中选，或先在本站添加"),
        ("咨询电话", "13800138000", "该号码会公开，不能填手机号。请填办公座机。"),
        ("网上办理地址", "不是网址", "输入一个有效的 URL。"),
        ("一句话说明", "长" * 121, "确保该变量包含不超过 120 字符 (目前字符数 121)。"),
        ("事项名称", True, "这里要填文字：请把单元格设为文本格式后重新填写"),
        ("事项编码", 12345678901234567, "这里要填文字：请把单元格设为文本格式后重新填写"),
        ("救济途径", "=1+1", "这里不计算公式：请写出结果（复制后选择粘贴为数值）"),
        ("事项名称", "", "没有填事项名称"),
    ],
)
def test_a_wrong_cell_is_named_with_its_mend(index, heading, value, said):
    place = chr(ord("A") + ITEMS.headings.index(heading)) if ITEMS.headings.index(heading) < 26 else None
    place = place or "A" + chr(ord("A") + ITEMS.headings.index(heading) - 26)
    assert problems(filled({**ROW, heading: value})) == [f"事项!{place}2：{said}"]


def test_all_mistakes_are_said_at_once_and_the_rest_is_counted(index, monkeypatch):
    book = filled(
        {**ROW, "承诺时限": "x"},
        ROW,
        {"事项编号": "12", "事项名称": "数字"},
        {"事项编号": "DiBao", "事项名称": "同一个网址"},
        {"事项名称": "没有编号"},
        材料=[
            {"材料名称": "没有编号"},
            {"事项编号": "没有", "材料名称": "没有的事项"},
            {"事项编号": "低保", "原件份数": 99},
        ],
    )
    said = problems(book)
    assert [line.split("：")[0] for line in said] == [
        "事项!L2", "事项!A4", "事项!A6", "材料!A2", "材料!A3", "材料!C4",
    ]  # fmt: skip
    monkeypatch.setattr(reading, "MOST_PROBLEMS", 2)
    found = read_workbook(book)
    assert (len(found.problems), found.more) == (2, 4)


def test_of_an_item_with_a_wrong_cell_no_change_is_said(draft):
    draft()
    draft(title="临时救助", slug="lin-shi")

    def change(book):
        cell_of(book, "材料", "原件份数").value = "一份"
        cell_of(book, "事项", "通办范围", 3).value = "全县"

    found = read_workbook(edited(change))
    assert [one.place for one in found.problems] == ["材料!C2"]
    assert summary(plan_import(found.items, None)) == [("临时救助", "change", ["通办范围"])]


def test_two_keys_with_one_address_are_refused(index):
    book = filled({"事项编号": "低保", "事项名称": "甲"}, {"事项编号": "di-bao", "事项名称": "乙"})
    assert problems(book) == ["事项!A3：“di-bao”与“低保”的网址相同（di-bao）：请改其中一个"]


def test_an_item_in_two_rows_is_refused(index):
    assert problems(filled(ROW, ROW)) == ["事项!A3：事项“低保”已在第2行：每个事项只写一行"]


def test_columns_may_stand_in_another_order(index):
    def swap(book):
        sheet = book["事项"]
        for row in (1, 2):
            sheet.cell(row, 2).value, sheet.cell(row, 3).value = sheet.cell(row, 3).value, sheet.cell(row, 2).value

    items = read_workbook(edited(swap, filled({**ROW, "一句话说明": "领补助"}))).items
    assert (items[0].values["title"], items[0].values["summary"]) == (ROW["事项名称"], "领补助")


def test_a_step_with_more_ways_than_a_chart_has_room_for_has_no_column():
    assert [heading for heading in STEPS.headings if heading.startswith("去向")][-1] == "去向5环节"


# Wrong files


def test_merged_cells_are_refused_with_their_place(index):
    def merge(book):
        book["事项"].merge_cells("C2:C3")
        book["材料"].merge_cells("A2:A5")

    assert problems(edited(merge, filled(ROW))) == [
        "事项!C2:C3：有合并单元格：请取消合并，逐格填写",
        "材料!A2:A5：有合并单元格：请取消合并，逐格填写",
    ]


def test_another_offices_template_is_refused_with_what_is_missing(db):
    book, output = Workbook(), io.BytesIO()
    book.active.title = "事项"
    book.active.append(["序号", "名称"])
    book.save(output)
    assert refusal(output) == (
        "这不是本站的模板：缺少工作表“材料、环节、问题、依据、常见问题、地点”。请在这里下载模板，填好后导入。"
    )


def test_other_headings_are_refused_by_name(db):
    def rename(book):
        book["材料"]["B1"].value = "名称"
        book["材料"]["C1"].value = None

    assert "“材料”" in refusal(edited(rename, filled(ROW)))
    assert "材料名称、原件份数" in refusal(edited(rename, filled(ROW)))


def test_columns_and_cells_of_ones_own_are_refused_with_their_place(index):
    def add(book):
        book["依据"]["E1"].value = "备注"
        book["地点"]["F7"].value = "随手写的"

    assert problems(edited(add, filled(ROW))) == [
        "依据!E1：“备注”不是模板中的列，或者重复了：请删除",
        "地点!A7：没有填事项编号：在“事项”和各表的每一行都要写",
        "地点!F7：这一格上面没有标题：请删除",
    ]


def test_a_sheet_of_ones_own_is_not_read_and_that_is_said(index):
    found = read_workbook(edited(lambda book: book.create_sheet("备忘"), filled(ROW)))
    assert (found.problems, found.notes) == ([], ["没有读取工作表“备忘”：它不是模板的一部分。"])


def test_an_empty_template_is_told_so(db):
    assert problems(filled()) == ["事项：没有填写任何事项：请每行写一个事项"]


def test_ten_thousand_rows_of_one_item_are_refused_with_their_number(index):
    book = filled(ROW, 材料=[{"事项编号": "低保", "材料名称": f"材料{number}"} for number in range(10_000)])
    assert problems(book) == ["事项!A2：“材料”表中有10000行，每个事项最多100行：是不是都写成了同一个编号？"]


def test_fifty_thousand_rows_are_refused_at_the_limit(db):
    def fill(book):
        for number in range(50_000):
            book["事项"].append([f"a{number}", "名称"])

    said = problems(edited(fill, filled()))
    assert said == ["事项!2002：超过2000行：请分成几个文件"]


def test_a_macro_workbook_is_refused(db):
    output = io.BytesIO(filled(ROW).getvalue())
    with zipfile.ZipFile(output, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert refusal(output) == "文件带有宏，不能接收。请另存为不含宏的 .xlsx 再试。"


def test_a_file_with_a_password_is_refused(db):
    locked = io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    assert refusal(locked) == "文件设了密码，或者是旧的 .xls 格式。请取消密码，另存为 .xlsx。"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(db):
    output = io.BytesIO(filled(ROW).getvalue())
    with zipfile.ZipFile(output, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet99.xml", b"\0" * (container.LARGEST_UNPACKED + 1))
    assert "解开后太大" in refusal(output)


def test_a_file_that_is_too_large_is_refused(db):
    assert "超过8MB" in refusal(io.BytesIO(b"\0" * (container.LARGEST_FILE + 1)))


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused(db, content):
    assert "不是可以读取的XLSX" in refusal(io.BytesIO(content))


def test_a_workbook_that_defines_entities_is_refused(db):
    output = io.BytesIO(filled(ROW).getvalue())
    with zipfile.ZipFile(output, "a") as archive:
        archive.writestr("xl/extra.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert "不是可以读取的XLSX" in refusal(output)
