import pytest
from django.contrib.auth.models import User

from suite.roles.domain import assign

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.create_user("li", password="secret")


def log_in(client, target=""):
    return client.post(f"/admin/login/?next={target}", {"username": "li", "password": "secret", "next": target})


def test_who_is_not_logged_in_is_asked_to_and_comes_back(client, person):
    response = client.get("/desk/")
    assert (response.status_code, response.url) == (302, "/admin/login/?next=/desk/")
    assert client.get(response.url).status_code == 200
    assert log_in(client, "/desk/").url == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_the_admin_asks_at_the_same_place(client):
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"


def test_the_form_is_in_chinese_and_leads_to_the_desk(client):
    text = client.get("/admin/login/").content.decode()
    assert "密码" in text
    assert "Password" not in text
    assert '<input type="hidden" name="next" value="/desk/" />' in text


def test_login_leads_where_one_was_going_or_to_the_desk(client, person):
    assert log_in(client, "/hearings/7/").url == "/hearings/7/"
    client.logout()
    assert log_in(client).url == "/desk/"
    client.logout()
    assert log_in(client, "https://example.org/").url == "/desk/"


def test_only_who_works_in_the_admin_comes_back_to_the_admin(client, person):
    assert log_in(client, "/admin/reports/").url == "/desk/"
    client.logout()
    assign(person, "editor", None)
    assert log_in(client, "/admin/reports/").url == "/admin/reports/"


def test_who_is_logged_in_already_is_not_asked_again(client, person):
    client.force_login(person)
    assert client.get("/admin/login/").url == "/desk/"
    # Refused by the admin, one is sent to log in: that leads to the desk and not round in a circle.
    assert client.get("/admin/", follow=True).redirect_chain[-1] == ("/desk/", 302)


def test_a_wrong_password_is_told_on_the_form(client, person):
    response = client.post("/admin/login/", {"username": "li", "password": "wrong"})
    assert response.status_code == 200
    assert response.context["form"].errors


@pytest.mark.parametrize("role", [None, "editor"])
def test_logging_out_ends_the_session(client, person, role):
    if role:
        assign(person, role, None)
    client.force_login(person)
    assert 'action="/desk/logout/"' in client.get("/desk/").content.decode()
    assert client.get("/desk/logout/").status_code == 405
    assert client.post("/desk/logout/").url == "/admin/login/"
    assert client.get("/desk/").status_code == 302
