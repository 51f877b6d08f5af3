"""What a file or a picture in the text keeps from going live."""

import io

import pytest
from django.core.files.images import ImageFile
from PIL import Image as Pillow
from wagtail.images import get_image_model

from suite.publishing import PublicationRefused
from suite.publishing.domain.lifecycle import submit
from tests.training.materials.made import kept_slides


def test_a_personal_number_in_a_file_is_found(draft_material, editors):
    file = kept_slides(editors.editor, "联系人手机13812345678")
    with pytest.raises(PublicationRefused, match=r"课件\.pdf，第1页"):
        submit(draft_material(file=file), editors.editor)


@pytest.fixture
def figure(db):
    out = io.BytesIO()
    Pillow.new("RGB", (40, 30)).save(out, "PNG")
    out.seek(0)
    image = get_image_model().objects.create(title="内部流程图", file=ImageFile(out, "chart.png"))
    return [{"type": "figure", "value": {"image": image.pk, "alt": "流程", "caption": ""}}]


def test_a_public_picture_in_a_staff_materials_text_is_refused(draft_material, editors, figure):
    with pytest.raises(PublicationRefused, match="“内部流程图”知道地址的人都能打开"):
        submit(draft_material(body=figure), editors.editor)


def test_in_a_villagers_material_it_may_stand(draft_material, publish, figure):
    assert publish(draft_material(body=figure, audience="villagers")).live
