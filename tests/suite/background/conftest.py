"""A long piece of work made for these tests: lamps that are counted one by one."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django_fsm import transition
from wagtail import hooks

from suite.background import BackgroundJob
from suite.background.domain import held, lifecycle
from suite.background.models import BackgroundWork
from suite.state import state_field


class States(models.TextChoices):
    COUNTING = "counting", "being counted"
    DONE = "done", "counted"
    FAILED = "failed", "not counted"


@pytest.fixture
def count_model():
    """The model while the test lasts: afterwards nobody else finds it."""

    class Count(BackgroundWork):
        at_work = (States.COUNTING,)
        state = state_field(States, States.COUNTING)
        street = models.CharField(max_length=20, default="新街")

        class Meta:
            app_label = "background"

        def __str__(self):
            return self.street

        @transition("state", source=States.COUNTING, target=States.DONE)
        def to_done(self): ...

        @transition("state", source=States.COUNTING, target=States.FAILED)
        def to_failed(self): ...

    yield Count
    del apps.all_models["background"]["count"]
    apps.clear_cache()


@pytest.fixture
def counting(count_model, search_index):
    """What a plugin would write: `order`, `finish`, `fail`; `look` is called with each lamp before it is counted.

    With a search index of the test's own: in one that another test left, the clock may find work too.
    """
    plugin = SimpleNamespace(model=count_model, look=lambda number: None, looked=[])

    def work(count, turn):
        for number in range(count.done, count.total):
            plugin.looked.append(number)
            plugin.look(number)
            turn.report(number + 1)
            if turn.time_is_up:
                return
        plugin.finish(count)

    @transaction.atomic
    def finish(count):
        count = held(count)
        count.to_done()
        count.save()

    @transaction.atomic
    def fail(count, message):
        count = held(count)
        count.message = message
        count.to_failed()
        count.save()

    plugin.finish, plugin.fail = finish, fail
    plugin.job = BackgroundJob(count_model, work, fail, "数不清：请告诉系统管理员。")
    with hooks.register_temporarily("background_work", lambda: [plugin.job]):
        yield plugin


@pytest.fixture
def order(counting, queued, django_user_model):
    """order(total): a count on a database that has its table, which the test's transaction takes away again."""
    make_table(counting.model)
    person = django_user_model.objects.create_user("lamplighter")
    return lambda total: lifecycle.queue(counting.model(requested_by=person, total=total))


def make_table(model):
    with connection.cursor() as cursor:
        cursor.execute(*connection.schema_editor().table_sql(model))


@pytest.fixture
def refuse():
    def refusing(number):
        raise ValidationError(f"第{number}盏灯找不到：先登记。")

    return refusing
