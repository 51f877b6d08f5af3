"""Reading sheet by sheet, and that none of it leaks."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from suite.publishing import PublicationRefused
from suite.publishing.domain.lifecycle import approve, submit
from suite.roles.domain import group
from tests.reading import Elements, text
from tests.training.materials.made import kept_photo, kept_slides
from training.domain.lifecycle import materials as lifecycle
from training.domain.materials import sheet_count, sheets, versions
from training.domain.reading.shown import left_of
from training.models import MaterialPage, MaterialPicture


@pytest.fixture
def slides_material(draft_material, publish, editors):
    """slides_material(audience="staff", …): three slides, then two pictures, live."""

    def make(**fields):
        draft = draft_material("防汛课件", kind="slides", file=kept_slides(editors.editor), body=[], **fields)
        draft.pictures = [
            MaterialPicture(file=kept_photo(editors.editor, "red"), caption="一号桥水位尺", sort_order=0),
            MaterialPicture(file=kept_photo(editors.editor, "blue"), caption="", sort_order=1),
        ]
        draft.save_revision(user=editors.editor)
        return publish(draft)

    return make


def address(material, number):
    return reverse("training_materials_sheet", args=[material.pk, number])


def picture(material, number, version=1):
    return reverse("training_materials_picture", args=[material.pk, version, number])


def whole(material):
    return reverse("training_materials_file", args=[material.pk])


def body(response):
    return b"".join(response.streaming_content)


def test_a_version_counts_pages_and_pictures(slides_material):
    assert sheet_count(versions.current(slides_material())) == 5


def test_what_follows_a_file_that_is_still_being_drawn_keeps_its_number(editors):
    slides, photo = kept_slides(editors.editor), kept_photo(editors.editor, "red")
    slides.sheets.filter(number__gt=1).delete()
    slides.done = 1
    assert slides.total == 3
    assert [one.number for one in sheets.of_parts([(slides, ""), (photo, "")])] == [1, 4]


def test_who_uploaded_a_file_sees_it_before_any_material_shows_it(township):
    file = kept_slides(township.user("李"))
    assert sheets.seen_by_editors(township.user("李"), file)
    assert not sheets.seen_by_editors(township.user("王"), file)


def test_sheets_are_read_one_after_the_other(client, slides_material):
    material = slides_material(audience="villagers")
    links = {}
    for number in range(1, 6):
        response = client.get(address(material, number))
        page = Elements(response.content.decode())
        ways = [attrs for tag, attrs in page.all("a") if attrs.get("rel") in ("prev", "next")]
        links[number] = {attrs["rel"]: attrs["href"] for attrs in ways}
        assert f"{number} / 5" in text(response)
        assert [attrs["src"] for tag, attrs in page.all("img")] == [picture(material, number)]
    assert links == {
        1: {"next": address(material, 2)},
        **{n: {"prev": address(material, n - 1), "next": address(material, n + 1)} for n in (2, 3, 4)},
        5: {"prev": address(material, 4)},
    }
    assert "第二页" in text(client.get(address(material, 2)))
    assert "一号桥水位尺" in text(client.get(address(material, 4)))
    assert [client.get(address(material, number)).status_code for number in (0, 6)] == [404, 404]


def test_one_tap_makes_a_sheet_larger_and_one_smaller_again(client, slides_material):
    page = Elements(client.get(address(slides_material(audience="villagers"), 1)).content.decode())
    ids = {attrs["id"]: attrs.get("class", "") for _tag, attrs in page.all("figure", "article") if "id" in attrs}
    assert ids == {"sheet": "sheet-reading", "large": "material-sheet"}
    links = [(attrs.get("class"), attrs["href"]) for _tag, attrs in page.all("a") if attrs["href"].startswith("#")]
    assert links[-2:] == [("sheet-back", "#sheet"), ("sheet-picture", "#large")]


def test_a_picture_is_served_as_one_and_nothing_in_it_runs(client, slides_material):
    response = client.get(picture(slides_material(audience="villagers"), 1))
    assert body(response)[8:12] == b"WEBP"
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert "sandbox" in response["Content-Security-Policy"]


def test_the_file_is_there_to_keep(client, slides_material):
    response = client.get(whole(slides_material(audience="villagers")))
    assert body(response).startswith(b"%PDF-")
    assert response["Content-Disposition"].startswith("attachment")


# Leaks


def everything(material):
    return [material.url, address(material, 1), picture(material, 1), picture(material, 4), whole(material)]


def test_strangers_get_nothing_of_a_staff_material(client, slides_material):
    material = slides_material()
    for url in everything(material):
        response = client.get(url)
        assert response.status_code == 302, url
        assert "login" in response["Location"], url


def test_who_is_not_named_gets_nothing(client, slides_material, township):
    material = slides_material(roles=[group("head")])
    client.force_login(township.user("赵"))
    assert {client.get(url).status_code for url in everything(material)} == {403}
    client.force_login(township.user("王"))
    assert {client.get(url).status_code for url in everything(material)} == {200}


def test_a_material_without_a_text_of_its_own_says_to_print_its_file(client, slides_material, township):
    material = slides_material()
    client.force_login(township.user("李"))
    response = client.get(reverse("printing:document", args=["training-handout", material.pk]))
    assert response.status_code == 503
    assert "“防汛课件”没有正文：请下载它的文件来打印。" in text(response)


def test_what_was_taken_offline_is_gone(client, slides_material, editors):
    material = slides_material(audience="villagers")
    urls = everything(material)
    material.unpublish()
    assert {client.get(url).status_code for url in urls} == {404}


def test_nothing_of_it_lies_among_the_public_uploads(slides_material, settings):
    material = slides_material()
    from pathlib import Path

    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*.pdf") if material.file.sha256[:20] in path.name] == []
    with pytest.raises(ValueError, match="its material"):
        assert material.file.file.url


def test_a_staff_material_is_in_no_public_list(search_index, client, slides_material, villagers_material):
    slides_material()
    search_index()
    assert set(Page.objects.live().public().type(MaterialPage)) == {Page.objects.get(pk=villagers_material.pk)}
    assert "没有找到" in text(client.get("/search/", {"q": "防汛课件"}))
    assert "没有找到" not in text(client.get("/search/", {"q": "灭火器"}))
    assert "没有找到" in text(client.get("/search/", {"q": "转移路线"}))


def test_a_staff_material_is_not_printed_for_strangers(client, staff_material, township):
    url = reverse("printing:document", args=["training-material", staff_material.pk])
    assert client.get(url).status_code in (302, 403, 404)


# Drafts and older versions


def test_a_drafts_file_is_for_its_editors_alone(client, draft_material, editors, township):
    file = kept_slides(editors.editor)
    draft = draft_material(file=file)
    urls = [
        reverse("training_materials_file_state", args=[file.pk]),
        reverse("training_materials_file_progress", args=[file.pk]),
        reverse("training_materials_draft_picture", args=[file.pk, 1]),
        reverse("training_materials_draft_file", args=[file.pk]),
    ]
    assert {client.get(url).status_code for url in urls} == {302}
    for reader in (township.user("李"), township.user("吴")):
        client.force_login(reader)
        assert {client.get(url).status_code for url in urls} == {404}, reader
    client.force_login(editors.editor)
    assert {client.get(url).status_code for url in urls} == {200}
    assert {client.get(url).status_code for url in (address(draft, 1), picture(draft, 1), whole(draft))} == {404}
    submit(draft, editors.editor)
    client.force_login(editors.checker)
    assert {client.get(url).status_code for url in urls} == {200}


def test_another_editor_sees_the_draft_in_its_preview(client, draft_material, editors, township):
    from tests.training.conftest import account

    file = kept_slides(editors.editor)
    draft = draft_material(file=file)
    client.force_login(account("second", "editor"))
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk]))
    assert reverse("training_materials_draft_picture", args=[file.pk, 3]) in response.content.decode()
    assert client.get(reverse("training_materials_draft_picture", args=[file.pk, 3])).status_code == 200


def test_a_new_file_of_a_published_page_is_seen_by_other_editors_and_in_the_preview(client, slides_material, editors):
    from tests.training.conftest import account

    material = slides_material(audience="villagers")
    new = kept_slides(editors.editor, "新的", name="新课件.pdf")
    draft = material.get_latest_revision_as_object()
    draft.file = new
    draft.save_revision(user=editors.editor)
    url = reverse("training_materials_draft_picture", args=[new.pk, 1])
    assert client.get(url).status_code == 302
    client.force_login(account("second", "editor"))
    assert client.get(url).status_code == 200
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[material.pk])).content.decode()
    assert (url in preview, picture(material, 1) in preview) == (True, False)


def test_readers_see_the_new_file_only_when_it_is_live(client, slides_material, change, editors):
    material = slides_material(audience="villagers")
    new = kept_slides(editors.editor, "新的", name="新课件.pdf")
    draft = material.get_latest_revision_as_object()
    draft.file = new
    draft.save_revision(user=editors.editor)
    assert body(client.get(whole(material))) != new.file.open("rb").read()
    live = change(material, file=new)
    assert body(client.get(whole(live))) == new.file.open("rb").read()
    assert [client.get(picture(live, 1, version)).status_code for version in (1, 2)] == [404, 200]


def test_the_file_of_an_older_version_stays(slides_material, change, editors):
    material = slides_material()
    old = material.file
    live = change(material, file=kept_slides(editors.editor, "新的", name="新课件.pdf"), pictures=[])
    assert [(row.number, row.sheets) for row in live.versions.all()] == [(1, 5), (2, 1)]
    assert [part.file.name for part in live.versions.get(number=1).parts.all()] == ["课件.pdf", "red.jpeg", "blue.jpeg"]
    assert old.file.storage.exists(old.file.name)


# The gate


def test_a_file_that_is_still_drawn_can_be_handed_on_and_not_published(draft_material, editors, queued):
    from suite.background.domain.lifecycle import work_on
    from tests.training.materials.made import slides
    from training.domain.materials.files import keep

    draft = draft_material(file=keep(slides(), editors.editor))
    submit(draft, editors.editor)
    with pytest.raises(PublicationRefused, match="页面图还在生成"):
        approve(draft, editors.checker)
    work_on(*queued[0])
    approve(draft, editors.checker)
    assert approve(draft, editors.approver).live


def test_a_file_that_cannot_be_shown_is_refused_at_the_gate(draft_material, editors, queued):
    from suite.background.domain.lifecycle import take
    from tests.training.materials.made import slides
    from training.domain.materials.files import keep

    file = keep(slides(), editors.editor)
    lifecycle.refuse(take(*queued[0]), "“课件.pdf”画不出来。")
    with pytest.raises(PublicationRefused, match="画不出来"):
        submit(draft_material(file=file), editors.editor)


def test_who_reads_a_sheet_was_shown_it_and_who_only_fetches_it_ahead_was_not(client, slides_material, township):
    material = slides_material()
    version, person = versions.current(material), township.people["李"]
    client.force_login(person.user)
    client.get(address(material, 2))
    client.head(address(material, 3))
    client.get(address(material, 4), headers={"sec-purpose": "prefetch"})
    assert left_of(person, version).seen == {2}
