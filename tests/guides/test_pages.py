"""What a villager reads: the six facts, the questions, versions, what has ended, the ways in."""

import datetime
import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from guides.models import GuidePage
from suite.theme.dates import in_full
from suite.theme.models import OfficeSettings
from tests.guides.conftest import material, question, step
from tests.reading import text

pytestmark = pytest.mark.django_db
ASKED = [question("谁来申请？", "本人", "代办人"), question("是第一次吗？", "是", "不是")]
BRANCHES = {
    "questions": ASKED,
    "materials": [
        material("身份证"),
        material("委托书", only_for="1B"),
        material("旧证", only_for="2B"),
        material("婚姻状况", source="shared"),
    ],
    "steps": [step("受理", 1), step("核实委托", 2, only_for="1B"), step("办结", 1)],
}


@pytest.fixture
def office():
    return OfficeSettings.objects.create(
        site=Site.objects.get(), township_name="石门乡人民政府", hall_phone="8812 0110", hours="工作日 08:30-17:00"
    )


@pytest.fixture
def shown(client, draft, publish):
    """shown(**changes): the words of a published guide with these changes; `shown.page` is it."""

    def read(query="", **changes):
        read.page = publish(draft(**changes))
        return text(client.get(read.page.url + query))

    return read


def facts(html):
    """The six facts as pairs."""
    found = re.search(r'<dl class="six-facts">.*?</dl>', html, re.S).group()
    words = [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<d[td]>(.*?)</d[td]>", found, re.S)]
    return dict(zip(words[::2], words[1::2], strict=True))


def test_the_six_facts_come_first(client, shown):
    words = shown()
    assert words.index("给谁办") < words.index("要带的材料")
    assert facts(client.get(shown.page.url).content.decode()) == {
        "给谁办": "共同生活的家庭成员人均收入低于当地低保标准。",
        "带什么": "居民身份证、户口簿",
        "多久办好": "20个工作日",
        "收多少钱": "不收费",
        "去哪里办": "便民服务受理室 3号窗口",
        "打电话问": "8812 0311",
    }


@pytest.mark.parametrize(
    ("changes", "fact", "said"),
    [
        ({"audience": "both", "conditions": "<ul><li>甲</li><li>乙</li></ul>"}, "给谁办", "个人、企业和单位"),
        ({"materials": [material(f"材料{n}") for n in range(1, 6)]}, "带什么", "材料1、材料2、材料3等5样"),
        ({"materials": [], "no_materials": True}, "带什么", "什么都不用带"),
        ({"materials": [material(source="shared")]}, "带什么", "什么都不用带"),
        ({"materials": [material("甲"), material("乙", required=False)]}, "带什么", "甲；有的情况还要带别的"),
        (
            {"questions": ASKED, "materials": [material("甲", only_for="1A"), material("乙", only_for="1B")]},
            "带什么",
            "要看您的情况",
        ),
        ({"case_kind": "instant", "promised_limit": None, "steps": [step("当场办")]}, "多久办好", "当场办结"),
        ({"fee": "每本10元", "fee_basis": "县发改局文件"}, "收多少钱", "每本10元"),
        (
            {"by_agent": True, "online": "https://www.example.gov.cn/"},
            "去哪里办",
            "便民服务受理室 3号窗口；村里代办员；网上办理",
        ),
    ],
)
def test_a_fact_says_it_in_few_words(client, shown, changes, fact, said):
    shown(**changes)
    assert facts(client.get(shown.page.url).content.decode())[fact] == said


def test_every_element_stands_on_the_page(shown):
    words = shown(
        item_code="331011",
        by_agent=True,
        fee="每本10元",
        fee_basis="县发改局〔2020〕3号",
        answers=[{"type": "answer", "value": {"question": "多久复核一次？", "answer": "每年一次。"}}],
        materials=[
            material("户口簿", originals=1, copies=2, source="authority", deferrable=True, note="全家的页都要"),
            material("证明", required=False, form="either"),
        ],
    )
    for said in [
        "原件1份，复印件2份",
        "可以后补，先受理",
        "政府部门出具",
        "全家的页都要",
        "不是人人都要",
        "纸质或电子",
        "共同生活的家庭成员人均收入低于当地低保标准。",
        "材料齐全后，最长20个工作日办好。 法律规定最长30个工作日。",
        "要到现场1次。 为什么要来：需要本人签署授权书",
        "通办范围：本镇",
        "最低生活保障确认通知书",
        "按月打卡发放，不发证件",
        "每本10元",
        "收费依据：县发改局〔2020〕3号",
        "多久复核一次？",
        "每年一次。",
        "投诉电话： 8812 0105",
        "申请行政复议",
        "社会救助暂行办法",
        "第十条",
        "实施主体 民政社保服务队",
        "服务对象 自然人",
        "事项类型 行政给付",
        "办件类型 承诺件",
        "行使层级 镇级",
        "事项编码 331011",
        "入户调查",
        "10个工作日",
        "民政窗口",
        "也可以请村里的代办员帮您交材料、送结果。",
    ]:
        assert said in words, said


def test_the_office_hours_are_those_of_a_place_without_its_own(office, shown):
    assert "3号窗口 工作日 08:30-17:00" in shown()


def test_the_legal_basis_links_to_the_document_in_the_reading_room(client, draft, publish):
    document = publish(draft(title="社会救助暂行办法"))
    basis = [{"type": "basis", "value": {"title": "社会救助暂行办法", "article": "第十条", "page": document.pk}}]
    guide = publish(draft(basis=basis))
    link = f'<a href="{document.url}">社会救助暂行办法</a>'
    assert client.get(guide.url).content.decode().count(link) == 1
    document.unpublish()
    assert client.get(guide.url).content.decode().count(link) == 0


def test_a_link_of_a_material_leads_to_its_forms(client, draft, publish, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    form = get_document_model().objects.create(title="申请表", file=ContentFile(b"x" * 2048, "form.docx"))
    guide = publish(draft(materials=[material("申请表", blank=form.pk, sample=form.pk)]))
    html = client.get(guide.url).content.decode()
    assert re.findall(rf'<a class="button" href="{form.url}">([^<]*)</a>', html) == [
        "空白表格 (DOCX, 2.0\xa0KB)",
        "填写样本 (DOCX, 2.0\xa0KB)",
    ]


def papers(html):
    return re.findall(r"<h3>([^<]*)</h3>", re.search(r'<section id="bring">.*?</section>', html, re.S).group())


def steps(html):
    return re.findall(r'class="chart-number">[^<]*</span> ([^<]*)<', html)


def test_without_answers_all_is_shown_and_what_depends_is_said(client, draft, publish):
    html = client.get(publish(draft(**BRANCHES)).url).content.decode()
    assert papers(html) == ["身份证", "委托书", "旧证", "这些不用带，我们来查"]
    assert re.findall(r"只有这种情况才要：([^<]*)", html) == ["代办人", "是第一次吗？不是"]
    assert steps(html) == ["受理", "核实委托", "办结"]
    assert re.findall(
        r'is-only".*?class="chart-name">.*?</span> ([^<]*)</div><div class="chart-only">([^<]*)<', html
    ) == [("核实委托", "仅限：代办人")]
    assert "这是所有情况合在一起的流程" in html
    assert re.findall(r'type="radio"[^>]*name="(\d)" value="(\w)"', html) == [
        ("1", "A"), ("1", "B"), ("2", "A"), ("2", "B")
    ]  # fmt: skip


def test_after_answering_only_what_applies_is_shown_at_an_address_of_its_own(client, draft, publish):
    guide = publish(draft(**BRANCHES))
    html = client.get(guide.url + "?1=A&2=B").content.decode()
    assert papers(html) == ["身份证", "旧证", "这些不用带，我们来查"]
    assert steps(html) == ["受理", "办结"]
    assert facts(html)["带什么"] == "身份证、旧证"
    told = "您的情况： 本人、不是 下面只列出您用得着的。 打印我的一次性告知单 (PDF) 重新选择"
    assert told in text(client.get(guide.url + "?1=A&2=B"))
    assert f'href="{guide.url}#questions"' in html
    assert '<form class="guide-questions"' not in html
    assert "只有这种情况才要" not in html
    assert "chart-only" not in html


def test_a_question_that_was_left_out_stays_open(client, draft, publish):
    html = client.get(publish(draft(**BRANCHES)).url + "?1=B").content.decode()
    assert papers(html) == ["身份证", "委托书", "旧证", "这些不用带，我们来查"]
    assert re.findall(r"只有这种情况才要：([^<]*)", html) == ["是第一次吗？不是"]
    assert re.findall(r'id="answer-(\w+)"[^>]* checked', html) == ["1B"]
    assert "还有问题没回答，见下面。" in html


@pytest.mark.parametrize("query", ["?1=Z", "?9=A", "?1=", "?1=%00&2=<script>", "?p=x"])
def test_answers_that_do_not_exist_change_nothing(client, draft, publish, query):
    html = client.get(publish(draft(**BRANCHES)).url + query).content.decode()
    assert papers(html) == ["身份证", "委托书", "旧证", "这些不用带，我们来查"]
    assert "您的情况：" not in html


def test_what_has_ended_says_so_first_and_leads_to_what_counts_now(client, draft, publish):
    newer = publish(draft(title="新办法"))
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    guide = publish(draft(title="旧办法", valid_until=yesterday, replaced_by=newer))
    words = text(client.get(guide.url))
    assert f"已失效 本指南有效期到{in_full(yesterday)}，已经失效。 请看现行的指南： 新办法 给谁办" in words


def test_what_has_ended_without_successor_says_whom_to_call(client, draft, publish):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    guide = publish(draft(valid_until=yesterday))
    assert "已经失效。 来之前请先打电话问： 8812 0311" in text(client.get(guide.url))


def test_a_guide_counts_through_its_last_day_and_from_its_first(client, draft, publish):
    today = timezone.localdate()
    words = text(client.get(publish(draft(valid_until=today)).url))
    assert f"本指南有效期到{in_full(today)}。" in words
    assert "失效" not in words
    tomorrow = today + datetime.timedelta(days=1)
    assert f"尚未生效 本指南从{in_full(tomorrow)}起执行。" in text(client.get(publish(draft(valid_from=tomorrow)).url))


def test_the_page_says_its_version_and_what_changed(client, draft, publish):
    guide = publish(draft())
    assert "版本 第1版" in text(client.get(guide.url))
    guide.promised_limit = 19
    guide.save_revision()
    words = text(client.get(publish(guide).url))
    assert "版本 第2版" in words
    assert "这一版改了什么 承诺时限：由“20个工作日”改为“19个工作日”" in words


def test_an_empty_draft_can_be_looked_at(index, admin_client):
    guide = index.add_child(instance=GuidePage(title="草稿", live=False))
    response = admin_client.get(f"/admin/pages/{guide.pk}/view_draft/")
    assert response.status_code == 200
    assert facts(response.content.decode()) == {
        "给谁办": "还没有填写",
        "带什么": "还没有填写",
        "多久办好": "还没有填写",
        "收多少钱": "不收费",
        "去哪里办": "还没有填写",
        "打电话问": "还没有填写",
    }


def test_steps_that_cannot_be_followed_do_not_hold_up_the_preview(draft, admin_client):
    guide = draft(steps=[step("一", ways=[("甲", "9"), ("", "1")]), step("二")])
    Page.objects.filter(pk=guide.pk).update(live=False)
    response = admin_client.get(f"/admin/pages/{guide.pk}/view_draft/")
    assert response.status_code == 200
    assert steps(response.content.decode()) == []


def test_a_guide_that_was_never_saved_can_be_looked_at(index, admin_client):
    fields = {name: streamfield([]) for name in ("questions", "materials", "steps", "basis", "answers")}
    data = nested_form_data(
        {
            **fields,
            "title": "残疾人证办理",
            "slug": "",
            "conditions": rich_text(""),
            "places": inline_formset([]),
            "comments": inline_formset([]),
            "statutory_unit": "working",
            "promised_unit": "working",
        }
    )
    address = reverse("wagtailadmin_pages:preview_on_add", args=["guides", "guidepage", index.pk])
    assert admin_client.post(address, data).json() == {"is_valid": True, "is_available": True}
    response = admin_client.get(address)
    assert response.status_code == 200
    assert facts(response.content.decode())["带什么"] == "还没有填写"
