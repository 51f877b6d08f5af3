"""Guides on paper say what the page says, in type that can be read, and tell when they are old."""

import datetime
import io
import re
from html import unescape

import pdfplumber
import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction, Site

from guides.domain.documents import guides_booklet, guides_of, why_no_booklet
from guides.domain.elements import elements
from guides.domain.matter import Case
from guides.domain.printables import find_case
from guides.procedure import chart
from guides.variants import every_variant
from printing.domain.booklets import PARTS_AT_ONCE
from printing.domain.door import print_document, sheet_of
from printing.domain.registry import printables
from printing.domain.wording import wording
from printing.models import PaperVersion
from suite.theme.models import OfficeSettings
from tests.guides.conftest import material, question, step
from tests.printing.paper import MM, lines, pages

pytestmark = pytest.mark.django_db
ASKED = [question("谁来申请？", "本人来", "委托别人"), question("是第一次吗？", "是", "不是")]
PAPERS = [
    *(("guide", ""), ("one-time-notice", ""), ("guide-chart", "a4"), ("guide-chart", "a3")),
    *(("guide-poster", "a3"), ("guide-poster", "a4")),
]


@pytest.fixture
def office():
    return OfficeSettings.objects.create(
        site=Site.objects.get(),
        township_name="石桥镇人民政府",
        hall_phone="0575-86012345",
        supervision_phone="0575-86012346",
        hours="周一至周五 8:30–12:00，14:00–17:30",
    )


@pytest.fixture
def asking(draft, publish, office):
    """A published guide with questions, branches, and materials of every sort."""
    return publish(
        draft(
            questions=ASKED,
            materials=[
                material("身份证"),
                material("委托书", only_for="1B", copies=0),
                material("去年的证", only_for="2B", deferrable=True, required=False),
                material("不动产登记信息", source="shared"),
            ],
            steps=[
                step("提出申请", post="申请人"),
                step("检查材料", ways=[("齐全", "4"), ("不齐", "3")]),
                step("补正材料", ways=[("补正后", "1")]),
                step("核实委托", 2, only_for="1B"),
                step("审核确认", 5, ways=[("符合", "6"), ("不符合", "7")]),
                step("发放到卡", 3, ways=[("办结", "0")]),
                step("书面说明理由", 2),
            ],
            answers=[{"type": "answer", "value": {"question": "家里有车能申请吗？", "answer": "看价值认定。"}}],
        )
    )


def said(kind, key):
    """The paragraphs of a paper, without blanks."""
    printable = printables()[kind]
    paragraphs = wording(sheet_of(printable, printable.find(key))).paragraphs
    return [re.sub(r"\s", "", paragraph) for paragraph in paragraphs]


def set_text(kind, key, size=""):
    """The text of the finished PDF in reading order, without blanks."""
    with pdfplumber.open(io.BytesIO(print_document(kind, str(key), size).content)) as pdf:
        text = "".join(one["text"] for page in pdf.pages for one in page.chars)
    return re.sub(r"\s", "", text)


def page_text(client, guide, query=""):
    html = client.get(f"{guide.url}{query}").content.decode()
    return re.sub(r"\s", "", unescape(re.sub(r"<[^>]+>", "", html)))


def words(client, code):
    html = client.get(f"/z/{code}").content.decode()
    main = re.search(r"<main.*</main>", html, re.DOTALL).group()
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


def change(guide, publish, **changes):
    for name, value in changes.items():
        setattr(guide, name, value)
    guide.save_revision()
    return publish(guide)


# No name is part of another: each ends in a character of its own.
ENDS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"


@st.composite
def items(draw):
    """Materials and steps with names, cases and branches, as the fields of a guide that can be published."""
    names = [f"{draw(st.text('收入证明调查表公示核', min_size=1, max_size=12))}{end}" for end in ENDS]
    case = st.sampled_from(["", "", "1A", "1B", "2A", "1B 2B"])
    materials = [
        material(name, only_for=draw(case), originals=draw(st.integers(0, 3)), deferrable=draw(st.booleans()))
        for name in names[: draw(st.integers(1, 6))]
    ]
    count = draw(st.integers(2, 7))
    branch = draw(st.integers(1, count - 2)) if count > 2 and draw(st.booleans()) else 0
    steps = [
        step(
            names[6 + number],
            draw(st.integers(0, 3)),
            ways=[("齐全", str(number + 1)), ("不齐", str(number + 2))] if number == branch and branch else [],
            only_for=draw(st.sampled_from(["", "1A", "2B"])) if 1 < number < branch else "",
        )
        for number in range(1, count + 1)
    ]
    return {"questions": ASKED, "materials": materials, "steps": steps, "promised_limit": draw(st.integers(21, 30))}


@pytest.mark.pdf
@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # each example is published and set four times: no hunt for a smaller one
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(item=items(), number=st.integers(0, 10**6))
def test_page_open_data_chart_and_paper_name_the_same_steps_materials_and_limits(client, draft, publish, item, number):
    guide = publish(draft(**{**item, "title": f"事项{number}办理", "slug": None}))
    wanted_steps = [one["value"]["name"] for one in item["steps"]]
    wanted_materials = [one["value"]["name"] for one in item["materials"]]
    open_data = elements(guide)
    assert [one["name"] for one in open_data["steps"]] == wanted_steps
    assert [one["name"] for one in open_data["materials"]] == wanted_materials
    assert [one.name for one in chart(guide).steps] == wanted_steps
    limits = [one.limit for one in chart(guide).steps]
    assert limits == [one["limit"]["text"] for one in open_data["steps"]]
    page, paper = page_text(client, guide), set_text("guide", guide.pk)
    for text in (page, paper, set_text("guide-chart", guide.pk)):
        assert [name for name in wanted_steps if name not in text] == []
        assert [limit for limit in limits if f"时限：{limit}" not in text] == []
    for text in (page, paper, set_text("one-time-notice", guide.pk), set_text("guide-poster", guide.pk)):
        assert [name for name in wanted_materials if name not in text] == []
    for text in (page, paper, set_text("one-time-notice", guide.pk), set_text("guide-poster", guide.pk)):
        assert open_data["promised_limit"]["text"] in text


@pytest.mark.pdf
def test_there_is_a_one_time_notice_for_each_variant_with_exactly_its_materials(asking):
    every = ["身份证", "委托书", "去年的证", "不动产登记信息"]
    found = {}
    for answers in every_variant(asking):
        text = set_text("one-time-notice", Case(asking, answers).key)
        assert all(answer.text in text for answer in answers)
        found["".join(answer.code for answer in answers)] = [name for name in every if name in text]
    assert found == {
        "1A2A": ["身份证", "不动产登记信息"],
        "1A2B": ["身份证", "去年的证", "不动产登记信息"],
        "1B2A": ["身份证", "委托书", "不动产登记信息"],
        "1B2B": every,
    }


def test_a_notice_for_everybody_leaves_the_answers_to_be_ticked(asking):
    paragraphs = said("one-time-notice", str(asking.pk))
    assert "谁来申请？□本人来□委托别人" in paragraphs
    assert "仅限：委托别人" in paragraphs
    assert "仅限：是第一次吗？不是；有的才交；可容缺后补" in paragraphs
    assert paragraphs.count("□") == 2 * 3


def test_a_notice_for_a_case_has_a_box_for_each_material_and_room_to_sign(asking):
    paragraphs = said("one-time-notice", f"{asking.pk}-1A-2A")
    assert "谁来申请？本人来" in paragraphs
    assert paragraphs.count("□") == 2
    assert [one for one in paragraphs if one in ("告知人签名", "申请人签名", "日期", "联系电话")] == [
        "联系电话", "告知人签名", "申请人签名", "日期",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["{}-1C", "{}-2A-1A", "{}-1A-1B", "{}-1a", "{}-", "{}-1A-", "0{}-1A", "99-1A", "x", ""])
def test_a_case_that_does_not_exist_is_not_found(client, asking, key):
    key = key.format(asking.pk)
    assert find_case(key) is None
    if key:
        assert client.get(reverse("printing:document", args=["one-time-notice", key])).status_code == 404


def test_a_place_is_never_given_the_address_of_another(asking, hall, office):
    office.address = "石桥镇中心街1号"
    office.save()
    assert "便民服务受理室3号窗口周一至周五8:30–12:00，14:00–17:30" in said("guide", str(asking.pk))
    type(hall).objects.filter(pk=hall.pk).update(address="镇政府一楼", phone="8812 0110")
    place = "便民服务受理室3号窗口周一至周五8:30–12:00，14:00–17:30镇政府一楼电话：88120110"
    assert place in said("guide", str(asking.pk))


@pytest.mark.pdf
def test_the_page_with_answers_leads_to_its_own_notice(client, asking):
    links = re.findall(r'href="(/print/one-time-notice/[^"]+)"', client.get(f"{asking.url}?2=A&1=B").content.decode())
    assert links[0] == f"/print/one-time-notice/{asking.pk}-1B-2A.pdf"
    assert client.get(links[0]).status_code == 200
    without = client.get(asking.url).content.decode()
    assert f"/print/one-time-notice/{asking.pk}-" not in without
    links = re.findall(r'href="(/print/one-time-notice/[^"]+)">([^<]*)', without)
    address = f"/print/one-time-notice/{asking.pk}.pdf"
    assert links == [(address, "打印这张清单（一次性告知单） (PDF)"), (address, "一次性告知单 (PDF)")]


@pytest.mark.pdf
def test_a_poster_that_says_much_stays_one_sheet(draft, publish, office):
    much = publish(
        draft(
            questions=ASKED,
            fee="头一次办不收费；到期换领每证20元；丢失、损坏补领每证40元",
            fee_basis="国家发展改革委、财政部关于居民身份证收费标准及有关问题的通知（发改价格〔2003〕2322号）",
            materials=[
                material("家庭经济状况核对授权书"),
                *(material(name, only_for="1B 2A") for name in ("委托书", "户口簿", "诊断书")),
            ],
        )
    )
    for size in ("a3", "a4"):
        pdf = print_document("guide-poster", str(much.pk), size).content
        assert len(pages(pdf)) == 1
        assert "每证40元（依据见办事指南）" in set_text("guide-poster", much.pk, size)
        assert "委托书（部分情形）" in set_text("guide-poster", much.pk, size)


def test_what_has_ended_is_not_offered_for_printing(client, draft, publish):
    ended = publish(draft(valid_until=timezone.localdate() - datetime.timedelta(days=1)))
    assert "/print/" not in client.get(ended.url).content.decode()


def test_the_guides_of_a_unit_and_of_a_place_can_be_had_as_a_booklet(client, asking, team, hall, monkeypatch):
    index = asking.get_parent().url
    for query, unit in ((f"?unit={team.pk}", team), (f"?place={hall.pk}", hall)):
        assert f'href="/print/guides-booklet/{unit.pk}.pdf"' in client.get(index + query).content.decode()
    monkeypatch.setattr("guides.domain.documents.PARTS_AT_ONCE", 0)
    assert "guides-booklet" not in client.get(f"{index}?unit={team.pk}").content.decode()


def test_a_case_may_leave_questions_open(asking):
    case = find_case(f"{asking.pk}-2A")
    assert (case.key, str(case)) == (f"{asking.pk}-2A", "最低生活保障审核确认（是）")


@pytest.mark.pdf
@pytest.mark.parametrize(("kind", "size"), PAPERS)
def test_type_can_be_read_and_nothing_leaves_the_page(asking, kind, size):
    for page in pages(print_document(kind, str(asking.pk), size).content):
        assert min(one["size"] for one in page.chars) >= 9
        assert min(min(one["x0"], one["top"]) for one in page.chars) * MM > 8
        assert max(one["x1"] for one in page.chars) * MM < float(page.width) * MM - 15
        assert max(one["x1"] for one in [*page.rects, *page.lines, *page.curves]) * MM < float(page.width) * MM - 15
        assert max(one["bottom"] for one in page.chars) * MM < float(page.height) * MM - 4


@pytest.mark.pdf
@pytest.mark.parametrize(("steps", "size"), [(3, 12), (8, 11), (12, 10.5)])
def test_a_guide_takes_two_pages_with_a_body_as_large_as_they_allow(draft, publish, office, steps, size):
    usual = publish(draft(steps=[step(f"办第{number}件", 1) for number in range(1, steps + 1)]))
    pdf = print_document("guide", str(usual.pk)).content
    assert len(pages(pdf)) == 2
    assert any("共同生活的家庭成员人均收入" in line.text for line in lines(pdf, size))
    assert len(pages(print_document("one-time-notice", str(usual.pk)).content)) == 1
    assert len(pages(print_document("guide-poster", str(usual.pk)).content)) == 1


def test_the_six_facts_come_first(asking):
    paragraphs = said("guide", str(asking.pk))
    start = paragraphs.index("最低生活保障审核确认")
    assert paragraphs[start + 3 : start + 15] == [
        "服务对象", "自然人", "收费标准", "不收费", "承诺时限", "20个工作日（法定时限30个工作日）",
        "办理流程", "提出申请→检查材料→核实委托（部分情形）→审核确认→发放到卡",
        "咨询电话", "88120311", "投诉方式", "88120105",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["guide", "guide-chart"])
def test_a_step_that_only_some_go_says_for_whom(asking, kind):
    paragraphs = said(kind, str(asking.pk))
    step = next(place for place, one in enumerate(paragraphs) if one.endswith("核实委托"))
    assert paragraphs[step + 1] == "仅限：委托别人"
    assert [one for one in paragraphs[step + 2 :] if one.startswith("仅限")] == []


@pytest.mark.pdf
def test_a_one_time_notice_is_read_without_glasses(asking):
    """14 points and more but for the small print at the foot (9 points)."""
    (page,) = pages(print_document("one-time-notice", f"{asking.pk}-1B-2B").content)
    assert sorted({round(one["size"]) for one in page.chars if one["top"] * MM < 275}) == [14, 18, 22]


@pytest.mark.pdf
@pytest.mark.parametrize("count", range(4, 12))
def test_nobody_signs_a_sheet_of_its_own(draft, publish, office, count):
    papers = [material(f"第{number}份材料", note="一起生活的成年人都要签，签了才能查") for number in range(count)]
    notice = publish(draft(materials=papers))
    last = pages(print_document("one-time-notice", str(notice.pk)).content)[-1].extract_text()
    assert "告知人签名" in last
    assert "投诉电话" in last


def test_a_fee_stands_with_its_basis(draft, publish):
    guide = publish(draft(fee="每证5元", fee_basis="省价费〔2019〕3号"))
    assert "每证5元（省价费〔2019〕3号）" in said("guide", str(guide.pk))
    assert "每证5元（省价费〔2019〕3号）" in said("guide-poster", str(guide.pk))


@pytest.mark.pdf
def test_page_and_every_paper_bear_the_same_version(client, asking, publish):
    asking = change(asking, publish, promised_limit=15)
    assert "第2版" in page_text(client, asking)
    for kind in ("guide", "one-time-notice", "guide-chart", "guide-poster"):
        print_document(kind, str(asking.pk))
    assert set(PaperVersion.objects.values_list("number", "reprint")) == {(2, 0)}
    assert any(one.startswith("第2版") for one in said("guide", str(asking.pk)))


@pytest.mark.pdf
def test_an_old_copys_code_leads_to_what_changed_field_by_field(client, asking, publish):
    for key in (str(asking.pk), f"{asking.pk}-1A-2A"):
        print_document("one-time-notice", key)
    codes = list(PaperVersion.objects.order_by("pk").values_list("code", flat=True))
    asking = change(asking, publish, promised_limit=15)
    asking = change(asking, publish, scope="全县通办")
    told = "第1版到第3版改了什么 承诺时限：由“20个工作日”改为“15个工作日” 通办范围：由“本镇”改为“全县通办” "
    for code in codes:
        assert "这份已被第3版替换" in words(client, code)
        assert told in words(client, code)


@pytest.mark.pdf
def test_a_change_that_does_not_touch_the_chart_is_told_so(client, asking, publish):
    print_document("guide-chart", str(asking.pk))
    change(asking, publish, scope="全县通办")
    text = words(client, PaperVersion.objects.get().code)
    assert "通办范围：由“本镇”改为“全县通办” 您手里这份上写的内容没有变。" in text


@pytest.mark.pdf
def test_what_has_ended_points_to_what_takes_its_place(client, asking, draft, publish):
    print_document("guide", str(asking.pk))
    code = PaperVersion.objects.get().code
    after = publish(draft(title="社会救助一件事", item_code="2"))
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    change(asking, publish, valid_until=yesterday, replaced_by=after)
    day = f"{yesterday.year}年{yesterday.month}月{yesterday.day}日"
    text = words(client, code)
    assert f"这份已失效 有效期至{day}，已过期。由《社会救助一件事》代替。" in text
    assert client.get(asking.url).status_code == 200
    assert f"有效期至{day}，已过期。由《社会救助一件事》代替。" in set_text("guide", asking.pk)
    after.unpublish()
    assert "社会救助一件事" not in words(client, code)


def test_a_guide_that_is_not_live_is_a_draft_and_nobody_may_print_it(client, draft):
    guide = draft()
    assert client.get(reverse("printing:document", args=["guide", guide.pk])).status_code == 404
    assert sheet_of(printables()["guide"], guide).draft


def test_a_guide_for_some_eyes_only_is_not_printed_for_others(client, asking):
    PageViewRestriction.objects.create(page=asking, restriction_type=PageViewRestriction.LOGIN)
    for kind, key in (("guide", asking.pk), ("one-time-notice", f"{asking.pk}-1A")):
        assert client.get(reverse("printing:document", args=[kind, key])).status_code == 404


@pytest.mark.pdf
def test_a_booklet_holds_the_guides_in_force_with_their_pages(asking, draft, publish, team, hall, client):
    publish(draft(title="残疾人证办理"))
    publish(draft(title="已经停办的事", valid_until=datetime.date(2020, 1, 1)))
    draft(title="还没发布的事")
    response = client.get(reverse("printing:document", args=["guides-booklet", hall.pk]))
    with pdfplumber.open(io.BytesIO(response.content)) as pdf:
        texts = [re.sub(r"\s", "", page.extract_text()) for page in pdf.pages]
    begins = {
        title: next(number for number, text in enumerate(texts, 1) if title in text and "自2026" in text)
        for title in ("残疾人证办理", "最低生活保障审核确认")
    }
    contents = re.findall(r"([^.]+?)\.+(\d+)", texts[1].removeprefix("目录"))
    assert [(title[-4:], int(page)) for title, page in contents] == [
        ("人证办理", begins["残疾人证办理"]),
        ("审核确认", begins["最低生活保障审核确认"]),
    ]
    assert [part.title for part in guides_of(team)] == ["残疾人证办理", "最低生活保障审核确认"]
    assert "停办" not in "".join(texts)


def test_a_booklet_nobody_wants_to_wait_for_is_refused_with_what_to_do(asking, team, hall, monkeypatch):
    assert why_no_booklet(team) == ""
    monkeypatch.setattr("guides.domain.documents.PARTS_AT_ONCE", 0)
    assert "约2页" in why_no_booklet(team)
    asking.unpublish()
    assert "请先发布指南" in why_no_booklet(team)
    assert list(printables()["guides-booklet"].keys()) == []
    assert PARTS_AT_ONCE > 20
    with pytest.raises(Exception, match="请先发布指南"):
        guides_booklet(team)
