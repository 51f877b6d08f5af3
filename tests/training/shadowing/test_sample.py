"""The sample township's shadowing: through the rules, in every stage, gone again on request."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail import hooks

from demo.domain.build import build
from demo.domain.remove import remove
from suite.hooks import collect
from training.models import Shadowing
from training.sample import shadowing


@pytest.fixture
def sample(db, monkeypatch):
    hooks.search_for_hooks()
    builders = [one for one in hooks._hooks["build_demo"] if one[0].__module__.startswith("organisation.")]
    monkeypatch.setitem(hooks._hooks, "build_demo", [*builders, (shadowing.build, 100)])
    with transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def test_one_is_in_every_stage_one_waits_on_a_desk_and_all_go_again(sample):
    assert {row.person.name: str(row.standing) for row in Shadowing.objects.all()} == {
        "方旭": "已办结",
        "路遥": "报告待审阅",
        "叶婧怡": "进行中",
        "褚晓彤": "已安排",
    }
    leaders = get_user_model().objects.filter(groups__name__isnull=False).distinct()
    asked = [user for user in leaders if any(item.key == "training.shadowings" for item in collect("desk_items", user))]
    assert [user.username for user in asked] == ["shaowenmin"]
    remove()
    assert not Shadowing.objects.exists()
