"""What keeps a material from going live or from being printed, in words that say what to do."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from PIL import Image as Pillow
from wagtail.images import get_image_model

from suite.publishing import PublicationRefused
from suite.publishing.domain.lifecycle import approve, submit
from suite.roles.domain import group
from tests.reading import text
from tests.training.materials.made import kept_slides


def said(act, *arguments):
    with pytest.raises(ValidationError) as refused:
        act(*arguments)
    return " ".join(refused.value.messages)


def test_nothing_to_read_is_not_submitted(draft_material, editors):
    with pytest.raises(PublicationRefused, match="还没有可读的内容：请写正文，或者添加文件、图片。"):
        submit(draft_material(body=[]), editors.editor)


@pytest.mark.parametrize("field", ["roles", "units"])
def test_what_is_for_villagers_names_no_roles_and_no_units(draft_material, editors, township, field):
    whom = {"roles": [group("cadre")], "units": [township.units.office]}[field]
    draft = draft_material(audience="villagers", **{field: whom})
    assert "面向群众的资料人人可读：请去掉指定的角色和单位，或者改为仅供干部职工。" in said(
        submit, draft, editors.editor
    )


def test_pages_that_are_still_drawn_hold_up_the_check_and_not_the_submission(draft_material, editors, queued):
    draft = draft_material(file=kept_slides(editors.editor))
    submit(draft, editors.editor)
    assert "“课件.pdf”的页面图还在生成：请过一分钟再试。" in said(approve, draft, editors.checker)


def test_a_public_picture_in_the_text_for_staff_says_where_to_put_it(draft_material, editors):
    out = io.BytesIO()
    Pillow.new("RGB", (40, 30)).save(out, "PNG")
    out.seek(0)
    image = get_image_model().objects.create(title="内部流程图", file=ImageFile(out, "chart.png"))
    draft = draft_material(body=[{"type": "figure", "value": {"image": image.pk, "alt": "流程", "caption": ""}}])
    assert ("正文里的“内部流程图”知道地址的人都能打开：请放进PDF或者图片集，那里的内容只有阅读对象能打开。") in said(
        submit, draft, editors.editor
    )


def test_a_material_without_a_text_is_not_set_on_paper(draft_material, editors, publish, client):
    page = publish(draft_material("防汛课件", audience="villagers", file=kept_slides(editors.editor), body=[]))
    shown = text(client.get(f"/print/training-material/{page.pk}.pdf"))
    assert "“防汛课件”没有正文：请下载它的文件来打印。" in shown
