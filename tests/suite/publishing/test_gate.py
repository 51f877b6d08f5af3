"""Every way to go live, tried without a clearance and with one."""

from suite.publishing.models import Clearance


def test_a_page_checked_and_approved_by_two_others_is_live(live, checker, approver, editor):
    assert live.live
    clearance = Clearance.objects.get(page_id=live.pk)
    assert (clearance.checked_by, clearance.approved_by) == (checker, approver)
    assert clearance.authors == [{"id": editor.pk, "name": "editor"}]
    assert clearance.went_live_at
