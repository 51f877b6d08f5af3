"""The rooms of training lead back to one's own learning; an account of nobody in the directory to the desk."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from suite.roles.domain import group
from tests.training.shadowing.stage import Shadowed

OWN = ["training_writings_own", "training_skills_own", "training_skills_who", "training_shadowing_own",
       "training_shadowing_plan"]  # fmt: skip
OF_OTHERS = ["training_writings_waiting", "training_skills_waiting", "training_skills_share",
             "training_shadowing_waiting"]  # fmt: skip


@pytest.fixture
def town(db):
    return Shadowed()


def back(client, name):
    page = client.get(reverse(name))
    assert page.status_code == 200
    return BeautifulSoup(page.content, "html.parser").select_one("main .page-head a")["href"]


@pytest.mark.parametrize("name", [*OWN, *OF_OTHERS, "training_writings_owing"])
def test_from_every_room_back_to_ones_own_learning(town, client, name):
    client.force_login((town.clerk if name == "training_writings_owing" else town.leader).user)
    assert back(client, name) == reverse("training_own")


@pytest.mark.parametrize("name", OF_OTHERS)
def test_who_has_no_learning_of_their_own_goes_back_to_the_desk(town, client, django_user_model, name):
    user = django_user_model.objects.create_user("visitor")
    user.groups.add(group("efficiency_office"))
    client.force_login(user)
    assert back(client, name) == reverse("desk")


def test_somebody_elses_shadowing_leads_back_there_too(town, client):
    row = town.planned()
    for person, name in ((town.leader, "training_own"), (town.cadre, "training_shadowing_own")):
        client.force_login(person.user)
        page = client.get(reverse("training_shadowing_one", args=[row.pk]))
        assert BeautifulSoup(page.content, "html.parser").select_one("main .page-head a")["href"] == reverse(name)
