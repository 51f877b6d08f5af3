"""Who may do what with a page behind the gate."""

from typing import Any

from wagtail.models import Page, PagePermissionTester

from suite.roles.domain import user_has_role


def user_can_check(user: Any) -> bool:
    """Whether `user` holds the role that checks (核稿)."""
    return user_has_role(user, "checker")


def user_can_approve(user: Any) -> bool:
    """Whether `user` holds the role that approves (审批)."""
    return user_has_role(user, "approver")


class WorkflowOnlyTester(PagePermissionTester):
    """Wagtail's permissions without publishing: that happens at the end of the workflow, for superusers too.

    What Wagtail ties to publishing but shows readers nothing new stays with whoever holds that permission.
    """

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return super().can_publish()

    def can_unschedule(self) -> bool:
        return super().can_publish() or self._is_author()

    def _is_author(self) -> bool:
        from suite.publishing.domain.authors import author_ids

        return self.user.is_active and self.user.pk in author_ids(self.page.specific)


def user_can_edit(user: Any, page: Page) -> bool:
    """Whether `user` may change the draft of `page` now; at a stage only those who decide there may."""
    tester = page.permissions_for_user(user)
    return tester.can_edit() and not tester.page_locked()


def anyone_may_read(user: Any, page: Page) -> bool:
    """Whether the whole public may read the page: it is live and not for some eyes only."""
    return page.live and not page.get_view_restrictions()
