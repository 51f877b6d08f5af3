import re

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Site

from suite.roles.domain import group
from suite.theme.models import OfficeSettings
from suite.theme.office import current_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return OfficeSettings.objects.create(
        site=Site.objects.get(is_default_site=True),
        township_name="石门乡人民政府",
        hall_phone="0873-2201234",
        supervision_phone="0873-2201235",
    )


def test_before_anything_is_saved_there_are_defaults_and_reading_them_writes_nothing():
    assert current_office().short_name == "乡镇人民政府"
    assert OfficeSettings.objects.count() == 0


def test_empty_names_fall_back_to_the_full_name(office):
    assert (office.short_name, office.issuer) == ("石门乡人民政府", "石门乡人民政府")


def test_one_request_reads_the_settings_once(office, rf, django_assert_num_queries):
    request = rf.get("/")
    Site.find_for_request(request)
    with django_assert_num_queries(1):
        assert current_office(request).hall_phone == current_office(request).hall_phone == "0873-2201234"


def test_questions_and_complaints_must_not_ring_at_the_same_desk(office):
    office.supervision_phone = office.hall_phone
    with pytest.raises(ValidationError) as refusal:
        office.full_clean()
    assert refusal.value.message_dict == {"supervision_phone": ["请填另一个号码：投诉电话不能打到大厅。"]}


def test_a_phone_number_has_digits_only(office):
    office.hall_phone = "二二零一"
    with pytest.raises(ValidationError) as refusal:
        office.full_clean()
    assert list(refusal.value.message_dict) == ["hall_phone"]


@pytest.mark.parametrize(("role", "status"), [("system_admin", 200), ("editor", 302)])
def test_the_system_administrator_keeps_the_settings_and_an_editor_does_not(
    office, client, django_user_model, role, status
):
    person = django_user_model.objects.create(username=role)
    person.groups.add(group(role))
    client.force_login(person)
    assert client.get(f"/admin/settings/theme/officesettings/{office.site_id}/").status_code == status


def test_the_office_is_edited_in_the_admin(office, admin_client):
    address = f"/admin/settings/theme/officesettings/{office.site_id}/"
    assert "单位信息" in admin_client.get(address).content.decode()
    admin_client.post(
        address,
        {
            "township_name": "石门乡人民政府",
            "township_short_name": "石门乡",
            "issuing_body": "",
            "document_prefix": "石政发",
            "hall_phone": "0873-2201234",
            "supervision_phone": "12345",
            "address": "石门街1号",
            "hours": "",
        },
    )
    office.refresh_from_db()
    assert (office.short_name, office.document_prefix, office.supervision_phone) == ("石门乡", "石政发", "12345")


def test_the_admin_bears_the_offices_name_and_leads_to_no_english_manual(office, client, django_user_model):
    editor = django_user_model.objects.create(username="褚晓彤")
    editor.groups.add(group("editor"))
    client.force_login(editor)
    html = client.get("/admin/").content.decode()
    assert "石门乡人民政府" in html
    assert re.findall(r"<title>[^<]*- ([^<]*?)\s*</title>", html) == ["石门乡人民政府"]
    assert "wagtail.org" not in html


def test_the_login_bears_the_offices_name(office, client):
    assert "石门乡人民政府" in client.get("/admin/login/").content.decode()
