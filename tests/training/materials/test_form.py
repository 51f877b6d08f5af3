"""The editor's form: uploads in it, pictures in order, what changed."""

import re

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests.training.materials.made import kept_photo, kept_slides, photo, slides, uploaded
from training.enums import FileState
from training.models import MaterialFile, MaterialPage, MaterialPicture


@pytest.fixture
def editor(client, editors):
    client.force_login(editors.editor)
    return editors.editor


def data(pictures=(), initial=0, **fields):
    text, chosen = fields.pop("text", "<p>先写时间、地点。</p>"), fields.pop("add_pictures", [])
    blocks = [("paragraph", rich_text(text))] if text else []
    typed = nested_form_data(
        {
            "title": "会议记录怎么写",
            "slug": "",
            "kind": "document",
            "audience": "staff",
            "introduction": "",
            "what_changed": "",
            "matters": "",
            "body": streamfield(blocks),
            "pictures": inline_formset(list(pictures), initial=initial),
            "comments": inline_formset([]),
            **fields,
        }
    )
    return {**typed, "add_pictures": chosen}


def add(client, section, **fields):
    url = reverse("wagtailadmin_pages:add", args=["training", "materialpage", section.pk])
    return client.post(url, data(**fields))


def edit(client, page, **fields):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data(**fields))


def draft():
    return MaterialPage.objects.get().get_latest_revision_as_object()


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_the_form_can_be_opened(client, section, editor, staff_material):
    new = client.get(reverse("wagtailadmin_pages:add", args=["training", "materialpage", section.pk]))
    assert 'enctype="multipart/form-data"' in new.content.decode()
    assert "改动要紧吗" not in new.content.decode()
    old = client.get(reverse("wagtailadmin_pages:edit", args=[staff_material.pk]))
    assert "改动要紧吗" in old.content.decode()


def test_a_pdf_is_uploaded_with_the_page_and_stays_when_it_is_saved_again(client, section, editor):
    response = add(client, section, upload=slides(), text="")
    assert response.status_code == 302, errors(response)
    file = draft().file
    assert (file.name, file.state, file.total, file.requested_by) == ("课件.pdf", FileState.READY, 3, editor)
    page = MaterialPage.objects.get()
    assert edit(client, page, introduction="给新同事", text="").status_code == 302
    assert (draft().file, draft().introduction) == (file, "给新同事")


def test_a_file_is_taken_out_or_replaced(client, draft_material, editor):
    page = draft_material(file=kept_slides(editor))
    edit(client, page, upload=slides("新的", name="新课件.pdf"))
    assert draft().file.name == "新课件.pdf"
    edit(client, page, no_file="on")
    assert draft().file is None


def test_what_is_no_pdf_is_refused_beside_the_field(client, section, editor):
    response = add(client, section, upload=uploaded("课件.pptx", b"PK\x03\x04"))
    assert "另存为PDF" in errors(response)["upload"][0]
    assert "另存为PDF" in response.content.decode()
    assert MaterialPage.objects.count() == 0


def test_pictures_are_added_many_at_once_behind_those_there(client, draft_material, editor):
    page = draft_material()
    page.pictures = [MaterialPicture(file=kept_photo(editor, "red"), caption="水位尺", sort_order=0)]
    page.save_revision(user=editor)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    row = {"id": "", "caption": "水位尺", "kept": form.formsets["pictures"].forms[0]["kept"].value(), "ORDER": "1"}
    chosen = [photo("blue"), photo("green")]
    response = edit(client, page, pictures=[row], initial=1, add_pictures=chosen)
    assert response.status_code == 302, errors(response)
    assert [(one.file.name, one.caption) for one in draft().pictures.all()] == [
        ("red.jpeg", "水位尺"),
        ("blue.jpeg", ""),
        ("green.jpeg", ""),
    ]


def test_a_row_has_its_own_picture(client, section, editor):
    rows = [{"id": "", "caption": "水位尺", "kept": "", "upload": photo("red"), "ORDER": "1"}]
    response = add(client, section, pictures=rows, text="")
    assert response.status_code == 302, errors(response)
    assert [(one.file.name, one.caption) for one in draft().pictures.all()] == [("red.jpeg", "水位尺")]


def test_a_row_without_a_picture_is_refused(client, section, editor):
    response = add(client, section, pictures=[{"id": "", "caption": "水位尺", "kept": "", "ORDER": "1"}])
    assert response.context["form"].formsets["pictures"].errors == [{"upload": ["请选择图片。"]}]


def test_nobody_shows_a_file_of_somebody_elses_by_its_number(client, section, editor, editors):
    other = kept_photo(editors.approver, "blue")
    response = add(client, section, pictures=[{"id": "", "caption": "", "kept": str(other.pk), "ORDER": "1"}])
    assert response.context["form"].formsets["pictures"].errors == [{"upload": ["请选择图片。"]}]


def test_bad_pictures_are_named_one_by_one(client, section, editor):
    response = add(client, section, add_pictures=[photo("red"), uploaded("a.jpg", b"x"), uploaded("b.gif", b"y")])
    assert [words[:8] for words in errors(response)["add_pictures"]] == ["“a.jpg”已", "“b.gif”不"]


def test_too_many_pictures_at_once_are_refused(client, section, editor, monkeypatch):
    monkeypatch.setattr("training.forms.materials.MOST_PICTURES", 1)
    response = add(client, section, add_pictures=[photo("red"), photo("blue")])
    assert errors(response)["add_pictures"] == ["一次最多添加1张图片。"]


def test_what_changed_is_asked_anew_in_every_round(client, staff_material, change, editor):
    live = change(staff_material, matters=True, what_changed="第二条改了")
    form = client.get(reverse("wagtailadmin_pages:edit", args=[live.pk])).context["form"]
    assert (form["matters"].value(), form["what_changed"].value()) == (None, "")
    response = edit(client, live, text="<p>又改了。</p>", **{"action-submit": "1"})
    assert errors(response)["matters"] == ["已有人读过以前的版本：请填写“改了什么”，并回答“改动要紧吗？”。"]
    answers = {"matters": "false", "what_changed": "改了错字"}
    assert edit(client, live, text="<p>又改了。</p>", **answers, **{"action-submit": "1"}).status_code == 302
    assert (draft().matters, draft().what_changed, draft().answered_for) == (False, "改了错字", 2)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[live.pk])).context["form"]
    assert (form["matters"].value(), form["what_changed"].value()) == (False, "改了错字")


@pytest.mark.parametrize("matters", [True, False])
def test_an_answer_that_was_saved_is_chosen_when_the_form_is_opened_again(client, staff_material, editor, matters):
    edit(client, staff_material, text="<p>又改了。</p>", matters=str(matters), what_changed="第二条改了")
    form = client.get(reverse("wagtailadmin_pages:edit", args=[staff_material.pk])).context["form"]
    assert re.findall(r'value="(\w*)" selected', str(form["matters"])) == [str(matters)]


def test_a_new_material_with_a_file_alone_can_be_handed_on_at_once(client, section, editor):
    response = add(client, section, upload=slides(), text="", **{"action-submit": "1"})
    assert response.status_code == 302, errors(response)
    assert MaterialPage.objects.get().current_workflow_state is not None


# A form that comes back with errors keeps what was uploaded


def again(response, *names):
    """What the form that came back would send again, of these hidden fields."""
    form = response.context["form"]
    return {name: form[name].value() for name in names}


def test_a_file_of_a_new_page_that_was_refused_need_not_be_uploaded_again(client, section, editor):
    response = add(client, section, upload=slides(), text="", title="")
    assert (list(errors(response)), MaterialPage.objects.count()) == (["title"], 0)
    assert "课件.pdf" in response.content.decode()
    response = add(client, section, text="", **again(response, "kept"))
    assert response.status_code == 302, errors(response)
    assert draft().file.name == "课件.pdf"


def test_another_file_for_a_page_that_was_refused_takes_the_place_of_the_first(client, draft_material, editor):
    page = draft_material(file=kept_slides(editor))
    response = edit(client, page, upload=slides("新的", name="新课件.pdf"), title="")
    response = edit(client, page, **again(response, "kept"))
    assert response.status_code == 302, errors(response)
    assert draft().file.name == "新课件.pdf"


def test_a_rows_new_picture_stays_where_the_page_was_refused(client, section, editor):
    rows = [{"id": "", "caption": "水位尺", "kept": "", "upload": photo("red"), "ORDER": "1"}]
    response = add(client, section, pictures=rows, title="")
    kept = response.context["form"].formsets["pictures"].forms[0]["kept"].value()
    response = add(client, section, pictures=[{"id": "", "caption": "水位尺", "kept": kept, "ORDER": "1"}])
    assert response.status_code == 302, errors(response)
    assert [one.file.name for one in draft().pictures.all()] == ["red.jpeg"]


def test_pictures_that_came_with_a_page_that_was_refused_are_named_and_stay(client, section, editor):
    response = add(client, section, add_pictures=[photo("red"), photo("blue")], title="")
    assert "已收到： red.jpeg、blue.jpeg" in " ".join(response.content.decode().split())
    more = {"add_pictures": [photo("green"), photo("red")]}
    response = add(client, section, title="", **more, **again(response, "added"))
    response = add(client, section, **again(response, "added"))
    assert response.status_code == 302, errors(response)
    assert [one.file.name for one in draft().pictures.all()] == ["red.jpeg", "blue.jpeg", "green.jpeg"]


@pytest.mark.parametrize("field", ["kept", "added"])
def test_nobody_puts_a_file_of_somebody_elses_into_a_page_by_its_number(client, section, editor, editors, field):
    other = kept_slides(editors.approver)
    response = add(client, section, **{field: str(other.pk)})
    assert response.status_code == 302, errors(response)
    assert (draft().file, list(draft().pictures.all())) == (None, [])


def test_a_form_that_lay_open_until_its_file_was_swept_says_so(client, section, editor):
    response = add(client, section, upload=slides(), text="", title="")
    kept = again(response, "kept")
    MaterialFile.objects.get().delete()
    response = add(client, section, **kept)
    assert errors(response)["upload"] == ["之前选的文件已经不在了：请重新选择。"]
    assert add(client, section, upload=slides(), **kept).status_code == 302
    assert draft().file.name == "课件.pdf"


def test_a_file_is_taken_out_of_a_form_that_came_back(client, section, editor):
    response = add(client, section, upload=slides(), title="")
    response = add(client, section, no_file="on", **again(response, "kept"))
    assert response.status_code == 302, errors(response)
    assert draft().file is None


def test_what_changed_goes_by_one_name(client, staff_material, change, editor, editors):
    live = change(staff_material, what_changed="第二条改了")
    form = client.get(reverse("wagtailadmin_pages:edit", args=[live.pk])).context["form"]
    assert form["what_changed"].label == "改了什么"
    assert list(form.fields).index("what_changed") < list(form.fields).index("matters")
    response = edit(client, live, text="<p>又改了。</p>", **{"action-submit": "1"})
    assert "请填写“改了什么”" in errors(response)["matters"][0]
    assert "改了什么 第二条改了" in words_of(client.get(live.url))


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
