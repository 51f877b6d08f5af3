"""Every place of a page that readers get to see is looked at."""

import pytest
from django.core.files.base import ContentFile
from wagtail import hooks
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from suite.privacy import find_in_page
from tests.suite.publishing.testapp.models import Poster, PosterRow

pytestmark = pytest.mark.django_db  # a page asks for its content type

PHONE = "13812345678"


def places(page):
    return [(finding.field, finding.label) for finding in find_in_page(page)]


def poster(**fields):
    return Poster(title="海报", **fields)


@pytest.fixture
def document(db):
    return Document.objects.create(title="登记表", file=ContentFile(b"x", name=f"张三{PHONE}.txt"))


@pytest.fixture
def picture(db):
    return get_image_model().objects.create(title=f"王芳{PHONE}", file=get_test_image_file("photo.png"))


@pytest.mark.parametrize("name", ["title", "slug", "seo_title", "search_description"])
def test_plain_fields(name):
    page = poster()
    setattr(page, name, PHONE)
    assert [field for field, _label in places(page)] == [name]


def test_rich_text_is_read_without_its_tags_and_with_its_links():
    assert places(poster(intro="<p>打138<b>1234</b>5678</p>")) == [("intro", "导语")]
    assert places(poster(intro=f'<p><a href="tel:{PHONE}">打电话</a></p>')) == [("intro", "导语")]
    assert places(poster(intro="<p>138</p><p>12345678</p>")) == []


@pytest.mark.parametrize(
    ("block", "label"),
    [
        (("paragraph", f"<p>{PHONE}</p>"), "正文 › 1. 文字"),
        (("table", {"data": [["姓名", "电话"], ["王芳", PHONE]]}), "正文 › 1. 表格 › 第2行第2列"),
        (("table", {"data": [[13812345678]]}), "正文 › 1. 表格 › 第1行第1列"),
        (("table", {"data": [[None]], "table_caption": PHONE}), "正文 › 1. 表格"),
        (("contacts", [{"name": "值班", "phone": PHONE}]), "正文 › 1. Contacts › 1 › 电话"),
    ],
)
def test_blocks_say_where_the_number_stands(block, label):
    name, value = block
    page = poster()
    page.body = Poster._meta.get_field("body").stream_block.to_python([{"type": name, "value": value}])
    assert places(page) == [("body", label)]


def test_pictures_and_their_words(picture):
    page = poster()
    page.body.append(("figure", {"image": picture, "alt": f"电话{PHONE}", "caption": f"说明{PHONE}"}))
    assert places(page) == [
        ("body", "正文 › 1. 图片 › 图片 › 链接的文件"),
        ("body", "正文 › 1. 图片 › 图片说明文字"),
        ("body", "正文 › 1. 图片 › 图注"),
    ]


def test_the_names_of_linked_files(document):
    assert places(poster(attachment=document)) == [("attachment", "附件 › 链接的文件")]
    linked = f'<p><a linktype="document" id="{document.pk}">登记表</a></p>'
    assert places(poster(intro=linked)) == [("intro", "导语 › 链接的文件")]


def test_pictures_within_rich_text(picture):
    intro = f'<p>见图</p><embed embedtype="image" id="{picture.pk}" alt="{PHONE}"/>'
    assert places(poster(intro=intro)) == [("intro", "导语"), ("intro", "导语 › 链接的文件")]


def test_rows_of_inline_panels():
    page = poster()
    page.rows = [PosterRow(text="甲"), PosterRow(text=PHONE)]
    assert places(page) == [("rows", "名单第2行 › 内容")]


@pytest.mark.django_db
def test_what_plugins_name():
    def fields():
        yield Poster, lambda page: [("效力说明", f"{page.title}{PHONE}")]
        yield Document, lambda document: [("不相干", PHONE)]

    with hooks.register_temporarily("privacy_fields", fields):
        assert places(poster()) == [(None, "效力说明")]
        assert places(Page(title="别的")) == []


def test_the_message_names_the_place_masks_the_number_and_says_the_mend():
    [finding] = find_in_page(poster(intro="<p>身份证11010519491231002X</p>"))
    assert finding.message == (
        "“导语”中有身份证号码（110105********002X），不得公开：请删除，或改为单位座机、用星号遮盖。"
    )


def test_the_same_number_in_one_place_is_named_once():
    assert len(list(find_in_page(poster(intro=f"<p>{PHONE}，{PHONE}</p>")))) == 1
