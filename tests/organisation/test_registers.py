"""The registers in the admin: every view renders in Chinese, and every change goes through the domain."""

from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.log_actions import registry

from organisation.domain import lifecycle
from organisation.domain.accounts import open_account
from organisation.models import Absence, Appointment, Person, Post, Responsibility, Unit
from organisation.viewsets import UnitRegister
from suite.hooks import collect

MODELS = ("unit", "person", "appointment", "responsibility", "absence")


def address(model, view, *args):
    return reverse(f"organisation_{model}_modeladmin_{view}", args=args)


@pytest.fixture
def rows(town, day):
    lifecycle.appoint(town.wang, town.head, None, day("2026-01-01"))
    lifecycle.take_charge(town.li, town.centre, None, day("2026-01-01"))
    away = Absence(person=town.wang, kind="trip", since=day("2026-03-02"), deputy=town.li, note="带母亲看病")
    return {
        "absence": lifecycle.record_absence(away, None),
        "unit": town.centre,
        "person": town.wang,
        "appointment": Appointment.objects.get(),
        "responsibility": Responsibility.objects.get(),
    }


@pytest.fixture
def keeper(town, client):
    """The system administrator, logged in."""
    keeper = open_account(Person.objects.create(name="系统"), "keeper", None, None, ["system_admin"])
    client.force_login(keeper)
    return keeper


@pytest.mark.parametrize("model", MODELS)
def test_every_view_of_every_register_renders(rows, keeper, client, model):
    pk = rows[model].pk
    for view, args in [("index", ()), ("create", ()), *((v, (pk,)) for v in ("edit", "inspect", "delete", "history"))]:
        response = client.get(address(model, view, *args))
        assert response.status_code == 200, (model, view)
    assert client.get(address(model, "index"), {"p": 1, "q": "王", "o": "-1"}).status_code == 200


def test_a_long_list_is_paged(town, keeper, client):
    Person.objects.bulk_create([Person(name=f"人{number}", sort_key=f"ren{number:03}") for number in range(60)])
    assert "第 2 页，共 2 页" in client.get(address("person", "index"), {"p": 2}).content.decode()


def test_registers_and_snippets_share_one_menu_entry(rows, keeper, client):
    from wagtail.admin.menu import admin_menu

    request = client.get(address("unit", "index")).wsgi_request
    [entry] = [item for item in admin_menu.menu_items_for_request(request) if item.name == "organisation"]
    inside = [item.label for item in entry.menu.menu_items_for_request(request)]
    assert (entry.label, inside) == ("组织机构", ["单位", "人员", "任职", "分管联系", "请假外出", "岗位"])


@pytest.mark.parametrize(
    ("model", "query", "found"),
    [
        ("appointment", {"time": "now"}, 1),
        ("appointment", {"time": "past"}, 0),
        ("appointment", {"kind__exact": "seconded"}, 0),
        ("unit", {"kind__exact": "village"}, 2),
        ("unit", {"q": "民政"}, 1),
        ("person", {"q": "zhao4"}, 1),
        ("responsibility", {"q": "社会事业"}, 1),
        ("absence", {"q": "李"}, 1),
        ("absence", {"kind__exact": "leave"}, 0),
    ],
)
def test_lists_are_filtered_and_searched(rows, keeper, client, model, query, found):
    assert client.get(address(model, "index"), query).context["result_count"] == found


def test_lists_say_yes_and_no_and_write_dates_as_lists_do(rows, keeper, client):
    people, appointments = (client.get(address(model, "index")).content.decode() for model in ("person", "appointment"))
    assert ">是</td>" in people
    assert "icon-yes" not in people
    assert ">2026-01-01</td>" in appointments


def test_a_new_appointment_goes_through_the_domain(town, keeper, client):
    client.post(
        address("appointment", "create"),
        {"person": town.wang.pk, "post": town.head.pk, "kind": "full", "since": "2026-01-01"},
    )
    made = Appointment.objects.get()
    entry = registry.get_logs_for_instance(made).get()
    assert (made.person, entry.action, entry.user) == (town.wang, "organisation.appoint", keeper)


def test_a_refusal_stands_on_the_form_and_keeps_what_was_typed(rows, town, keeper, client):
    response = client.post(
        address("appointment", "create"),
        {"person": town.li.pk, "post": town.head.pk, "kind": "full", "since": "2026-02-01", "document": "石政发1号"},
    )
    text = response.content.decode()
    assert response.status_code == 200
    assert "核定编制1名，2026-02-01已由王堃占用" in text
    assert "石政发1号" in text
    assert Appointment.objects.count() == 1


def test_a_refusal_of_the_domain_stands_on_the_form_beside_its_field(town, keeper, client, monkeypatch):
    """As when somebody else's change was saved between the form's check and the lock."""

    def refuse(self, form, user):
        raise ValidationError({"name": ["此名不行。"], "merged_into": ["也不能并入。"]})

    monkeypatch.setattr(UnitRegister, "write", refuse)
    response = client.post(
        address("unit", "create"), {"kind": "team", "parent": town.centre.pk, "name": "新队", "order": "9"}
    )
    errors = response.context["form"].errors
    assert (response.status_code, errors["name"], errors["__all__"]) == (200, ["此名不行。"], ["也不能并入。"])
    assert "也不能并入。" in response.content.decode()


def test_an_edit_is_a_correction_with_before_and_after(rows, town, keeper, client):
    pk = rows["appointment"].pk
    client.post(
        address("appointment", "edit", pk),
        {"person": town.wang.pk, "post": town.head.pk, "kind": "full", "since": "2026-01-01", "until": "2026-03-31"},
    )
    entry = registry.get_logs_for_instance(rows["appointment"]).order_by("-timestamp", "-pk").first()
    assert (entry.action, entry.data["before"], entry.data["after"]) == (
        "organisation.correct",
        {},
        {"结束日期": "2026-03-31"},
    )


def test_what_others_refer_to_is_not_deleted_and_the_page_names_them(rows, keeper, client):
    where = address("person", "delete", rows["person"].pk)
    assert "任职：王堃 社会事业服务中心 主任" in client.get(where).content.decode()
    response = client.post(where)
    assert (response.status_code, Person.objects.filter(pk=rows["person"].pk).exists()) == (409, True)


def test_what_nobody_refers_to_is_deleted_and_logged(town, keeper, client):
    response = client.post(address("person", "delete", town.zhao.pk))
    assert response.status_code == 302
    assert not Person.objects.filter(pk=town.zhao.pk).exists()
    [entry] = registry.get_logs_for_instance(town.zhao)
    assert (entry.action, entry.label, entry.user) == ("organisation.delete", "赵赟", keeper)


def test_a_post_somebody_holds_is_not_deleted_alone_or_in_bulk(rows, town, keeper, client):
    one = reverse("wagtailsnippets_organisation_post:delete", args=[town.head.pk])
    bulk = reverse("wagtail_bulk_action", args=["organisation", "post", "delete"]) + f"?id={town.head.pk}"
    for where in (one, bulk):
        response = client.post(where, follow=True)
        assert "无法删除“社会事业服务中心 主任”，因为这些记录引用了它：任职" in response.content.decode()
    assert Post.objects.filter(pk=town.head.pk).exists()
    client.post(reverse("wagtailsnippets_organisation_post:delete", args=[town.clerk.pk]))
    assert not Post.objects.filter(pk=town.clerk.pk).exists()


def test_the_export_is_a_spreadsheet_without_formulas_or_mobiles(rows, town, keeper, client):
    Person.objects.filter(pk=town.li.pk).update(name='=HYPERLINK("http://x")', mobile="19912345678")
    response = client.get(address("person", "index"), {"export": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[0] == ["姓名", "性别", "现任岗位", "办公电话", "登录账号", "在职"]
    assert ["王堃", None, "社会事业服务中心 主任", None, None, "是"] in lines
    [formula] = [row[0] for row in sheet.iter_rows() if row[0].value == '=HYPERLINK("http://x")']
    assert (formula.data_type, formula.quotePrefix) == ("s", True)
    assert "19912345678" not in str(lines)


def test_there_is_no_csv(rows, keeper, client):
    page = client.get(address("person", "index")).content.decode()
    assert "export=xlsx" in page
    assert "export=csv" not in page
    assert client.get(address("person", "index"), {"export": "csv"})["Content-Type"].startswith("text/html")


def test_a_private_mobile_is_seen_on_the_form_only(town, keeper, client):
    Person.objects.filter(pk=town.wang.pk).update(mobile="19912345678")
    seen = {
        view: "19912345678" in client.get(address("person", view, *args)).content.decode()
        for view, args in {"index": (), "inspect": (town.wang.pk,), "edit": (town.wang.pk,)}.items()
    }
    assert seen == {"index": False, "inspect": False, "edit": True}


@pytest.mark.parametrize("role", ["head", "system_admin", "editor", "cadre"])
def test_every_row_of_the_permission_table_is_what_the_address_does(rows, town, client, role):
    user = open_account(Person.objects.create(name="某人"), "somebody", None, None, [role])
    client.force_login(get_user_model().objects.get(pk=user.pk))
    addresses = [row for row in collect("permission_rows") if row.url_name.startswith("organisation_")]
    assert len(addresses) == 38
    for row in addresses:
        model = row.url_name.split("_")[1]
        args = [] if row.url_name.endswith(("index", "create", "office")) else [rows[model].pk]
        status = client.get(reverse(row.url_name, args=args)).status_code
        assert (status == 200) == row.allowed(user), (role, row.url_name, status)


def test_readers_see_the_registers_and_change_nothing(rows, town, client):
    head = open_account(Person.objects.create(name="镇长"), "head", None, None, ["head"])
    client.force_login(head)
    page = client.get(address("unit", "index"))
    assert (page.status_code, "添加单位" in page.content.decode()) == (200, False)
    client.post(address("unit", "edit", town.centre.pk), {"name": "改名"})
    assert Unit.objects.get(pk=town.centre.pk).name == "社会事业服务中心"


def test_a_unit_is_closed_from_its_page_with_all_that_is_in_it(rows, town, keeper, client):
    assert (
        address("unit", "close", town.centre.pk)
        in client.get(address("unit", "inspect", town.centre.pk)).content.decode()
    )
    assert (
        "该单位下的单位、任职和分管联系都在这一天结束"
        in client.get(address("unit", "close", town.centre.pk)).content.decode()
    )
    client.post(address("unit", "close", town.centre.pk), {"last_day": "2026-06-30", "reason": "机构改革"})
    ends = [Unit.objects.get(pk=unit.pk).until for unit in (town.centre, town.team)]
    assert [str(end) for end in [*ends, Appointment.objects.get().until]] == ["2026-06-30"] * 3


def test_a_village_is_merged_from_its_page(town, keeper, client):
    client.post(address("unit", "close", town.upper.pk), {"last_day": "2026-06-30", "into": town.lower.pk})
    assert Unit.objects.get(pk=town.upper.pk).merged_into == town.lower


def test_a_transfer_and_a_hand_over_have_forms(rows, town, keeper, client):
    client.post(
        address("appointment", "transfer", rows["appointment"].pk), {"post": town.clerk.pk, "first_day": "2026-07-01"}
    )
    assert [(row.post.name, str(row.since), str(row.until)) for row in Appointment.objects.order_by("since")] == [
        ("主任", "2026-01-01", "2026-06-30"),
        ("队员", "2026-07-01", "None"),
    ]
    client.post(
        address("responsibility", "hand_over", rows["responsibility"].pk),
        {"person": town.zhao.pk, "first_day": "2026-07-01"},
    )
    assert [row.person.name for row in Responsibility.objects.order_by("since")] == ["李旻", "赵赟"]


def test_a_refused_action_says_why_on_its_form(rows, town, keeper, client):
    response = client.post(address("appointment", "end", rows["appointment"].pk), {"last_day": "2025-12-31"})
    assert response.status_code == 200
    assert "结束日期早于起始日期" in response.content.decode()
    assert Appointment.objects.get().until is None


def test_what_has_ended_offers_no_end(rows, town, keeper, client):
    Appointment.objects.update(until="2026-06-30")
    where = address("appointment", "end", rows["appointment"].pk)
    assert where not in client.get(address("appointment", "inspect", rows["appointment"].pk)).content.decode()
    assert client.post(where, {"last_day": "2026-07-31"}).status_code in (302, 403)
    assert str(Appointment.objects.get().until) == "2026-06-30"


def test_whoever_leaves_is_marked_from_their_page(rows, town, keeper, client):
    client.post(address("person", "leave", town.wang.pk), {"last_day": "2026-06-30", "reason": "调离"})
    assert (Person.objects.get(pk=town.wang.pk).active, str(Appointment.objects.get().until)) == (False, "2026-06-30")


def test_an_absence_is_recorded_and_ended_through_the_domain(town, client, day):
    office = open_account(Person.objects.create(name="效能"), "office", None, None, ["efficiency_office"])
    client.force_login(office)
    client.post(
        address("absence", "create"),
        {"person": town.wang.pk, "kind": "leave", "since": "2026-03-02", "deputy": town.li.pk, "note": "带母亲看病"},
    )
    made = Absence.objects.get()
    client.post(address("absence", "end", made.pk), {"last_day": "2026-03-04"})
    assert Absence.objects.get().until == day("2026-03-04")
    entries = registry.get_logs_for_instance(made).order_by("timestamp", "pk")
    assert [(entry.action, entry.user) for entry in entries] == [
        ("organisation.absence", office),
        ("organisation.absence_end", office),
    ]


def test_another_last_day_that_cannot_be_is_refused_at_its_field(rows, keeper, client):
    response = client.post(address("absence", "end", rows["absence"].pk), {"last_day": "2026-03-01"})
    assert response.context["form"].errors == {
        "last_day": ["这次请假外出从2026-03-02才开始。请填写当天或之后的日期；没有离岗的，请让系统管理员删除这条记录。"]
    }


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("system_admin", ["create", "delete", "edit", "end", "index"]),
        ("efficiency_office", ["create", "edit", "end", "index"]),
        ("leader", []),
        ("hall_director", []),
        ("audit_admin", []),
    ],
)
def test_who_is_away_and_why_is_for_few(rows, client, role, may):
    user = open_account(Person.objects.create(name="某人"), "somebody", None, None, [role])
    client.force_login(user)
    pk = rows["absence"].pk
    views = {"index": (), "create": (), "edit": (pk,), "delete": (pk,), "end": (pk,)}
    seen = {view: client.get(address("absence", view, *args)).status_code for view, args in views.items()}
    assert sorted(view for view, status in seen.items() if status == 200) == may


def test_the_note_of_an_absence_is_on_its_page_and_in_no_list_file_or_log(rows, keeper, client):
    absence = rows["absence"]
    assert "带母亲看病" in client.get(address("absence", "inspect", absence.pk)).content.decode()
    assert "带母亲看病" not in client.get(address("absence", "index")).content.decode()
    book = load_workbook(BytesIO(b"".join(client.get(address("absence", "index"), {"export": "xlsx"}))))
    assert "带母亲看病" not in str([*book.active.values])
    assert "王堃" in str([*book.active.values])
    [entry] = registry.get_logs_for_instance(absence)
    assert entry.data["after"]["内部备注"] == "5字"
    assert "带母亲看病" not in str(entry.data)
