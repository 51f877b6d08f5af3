"""Five people do the steps in any order: whatever is live was passed by two who wrote none of it."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from wagtail.models import Page

from suite.publishing import domain
from suite.publishing.models import Clearance
from tests.suite.publishing.steps import edit, fresh, make_draft, make_user

PEOPLE = st.integers(0, 4)
ROLES = (
    ("editor",),
    ("editor", "checker"),
    ("checker", "approver"),
    ("approver", "editor"),
    ("editor", "checker", "approver"),
)
real_now = timezone.now


class AnyOrder(RuleBasedStateMachine):
    """Keeps beside the product, in its own way, who wrote which text and who passed which text at which stage.

    Every text has a number of its own as its title, so what is live tells when it was written.
    """

    seen_live = 0

    def __init__(self):
        super().__init__()
        self.days = 0
        self.clock = patch("django.utils.timezone.now", lambda: real_now() + timedelta(days=self.days))
        self.clock.start()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.people = [make_user(f"person{number}", *roles) for number, roles in enumerate(ROLES)]
        self.people[4].is_superuser = True
        self.people[4].save()
        self.wrote = {0: self.people[0].pk}
        self.last_live = -1
        self.passed = []
        self.page = make_draft(Page.get_first_root_node(), self.people[0], "0")

    def teardown(self):
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)
        self.clock.stop()

    def draft(self):
        return fresh(self.page).get_latest_revision_as_object()

    def works(self, act, *args, **kwargs):
        try:
            with transaction.atomic():
                act(*args, **kwargs)
        except (ValidationError, PermissionDenied):
            return False
        return True

    def next_number(self, who):
        number = max(self.wrote) + 1
        self.wrote[number] = self.people[who].pk
        return str(number)

    def authors(self):
        """Who wrote since the newest text that was ever live."""
        return {writer for number, writer in self.wrote.items() if number > self.last_live}

    @rule(who=PEOPLE, in_days=st.sampled_from([None, None, 1, 3]))
    def write(self, who, in_days):
        day = timezone.now() + timedelta(days=in_days) if in_days else None
        edit(self.page, self.people[who], title=self.next_number(who), go_live_at=day)

    @rule(who=PEOPLE)
    def autosave(self, who):
        """Overwrite the newest revision in place, which Wagtail lets only the person who saved it."""
        page = self.draft()
        page.title = str(max(self.wrote) + 1)
        if self.works(page.save_revision, user=self.people[who], overwrite_revision=page.get_latest_revision()):
            self.next_number(who)

    @rule(who=PEOPLE)
    def save_without_a_change(self, who):
        edit(self.page, self.people[who])

    @rule(who=PEOPLE)
    def submit(self, who):
        self.works(domain.submit, self.page, self.people[who])

    @rule(who=PEOPLE)
    def decide(self, who):
        state, text, authors = fresh(self.page).current_workflow_task_state, int(self.draft().title), self.authors()
        if self.works(domain.approve, self.page, self.people[who]):
            self.passed.append((text, state.task.name, self.people[who].pk, authors))

    @rule(writer=PEOPLE, checker=st.sampled_from([1, 2, 4]), approver=st.sampled_from([2, 3, 4]))
    def the_usual_way(self, writer, checker, approver):
        """Three steps in a row, which chance alone seldom puts together."""
        self.submit(writer)
        self.decide(checker)
        self.decide(approver)

    @rule(who=PEOPLE)
    def send_back(self, who):
        self.works(domain.return_with_remark, self.page, self.people[who], "改")

    @rule(who=PEOPLE)
    def withdraw(self, who):
        self.works(domain.withdraw, self.page, self.people[who])

    @rule(who=PEOPLE)
    def publish_past_the_workflow(self, who):
        was = fresh(self.page)
        self.works(was.get_latest_revision().publish, user=self.people[who], skip_permission_checks=True)
        assert (fresh(self.page).live, fresh(self.page).title) == (was.live, was.title)

    @rule()
    def set_live_in_code(self):
        page = fresh(self.page)
        if not page.live:
            page.live = True
            assert not self.works(page.save)

    @rule()
    def two_days_pass(self):
        self.days += 2
        domain.publish_due()

    @rule(who=PEOPLE)
    def take_down(self, who):
        self.works(fresh(self.page).unpublish, user=self.people[who])

    @invariant()
    def what_is_live_was_passed_by_two_who_wrote_none_of_it(self):
        page = fresh(self.page)
        if not page.live:
            return
        text = int(page.title)
        AnyOrder.seen_live += text > self.last_live
        by_stage = {
            stage: [(who, authors) for number, name, who, authors in self.passed if (number, name) == (text, stage)]
            for stage in ("核稿", "审批")
        }
        assert any(
            checker != approver and not {checker, approver} & authors
            for checker, _authors in by_stage["核稿"]
            for approver, authors in by_stage["审批"]
        )
        clearance = Clearance.objects.filter(page_id=page.pk).used().first()
        assert clearance.checked_by_id != clearance.approved_by_id
        assert not {author["id"] for author in clearance.authors} & {clearance.checked_by_id, clearance.approved_by_id}
        self.last_live = max(self.last_live, text)


@pytest.mark.long
@pytest.mark.django_db
def test_in_any_order_whatever_is_live_was_passed_by_two_who_wrote_none_of_it():
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert AnyOrder.seen_live > 5
