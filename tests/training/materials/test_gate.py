"""What a file or a picture in the text keeps from going live."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as Pillow
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from suite.publishing import PublicationRefused
from suite.publishing.domain.lifecycle import submit
from tests.training.materials.made import kept_photo, kept_slides
from training.models import MaterialPicture


def test_a_personal_number_in_a_file_is_found(draft_material, editors):
    file = kept_slides(editors.editor, "联系人手机13812345678")
    with pytest.raises(PublicationRefused, match=r"课件\.pdf，第1页"):
        submit(draft_material(file=file), editors.editor)


def test_a_personal_number_under_a_picture_is_found(draft_material, editors):
    draft = draft_material()
    draft.pictures = [
        MaterialPicture(file=kept_photo(editors.editor, "red"), caption="联系人手机13812345678", sort_order=0)
    ]
    draft.save_revision(user=editors.editor)
    with pytest.raises(PublicationRefused, match=r"red\.jpeg"):
        submit(draft, editors.editor)


@pytest.fixture
def attached(db):
    """attached(collection=None): a text with a document in it."""

    def make(collection=None):
        document = get_document_model().objects.create(
            title="值班电话",
            file=ContentFile(b"x", "a.docx"),
            collection=collection or Collection.get_first_root_node(),
        )
        return [{"type": "attachment", "value": {"document": document.pk}}]

    return make


def test_a_public_file_in_a_staff_materials_text_is_refused(draft_material, editors, attached):
    with pytest.raises(PublicationRefused, match="“值班电话”知道地址的人都能打开"):
        submit(draft_material(body=attached()), editors.editor)


def test_one_in_a_folder_for_some_may_stand(draft_material, publish, attached):
    folder = Collection.get_first_root_node().add_child(name="内部")
    CollectionViewRestriction.objects.create(collection=folder, restriction_type="login")
    assert publish(draft_material(body=attached(folder))).live


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
