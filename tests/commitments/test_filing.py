"""Writing and filing one's own commitment."""

from commitments.enums import CommitmentState
from tests.commitments.staging import approved, commitment, filed


def test_what_is_filed_stands_in_rows(made, month):
    one = filed(made.cadre, month)
    assert (one.state, one.late, one.source) == (CommitmentState.FILED, False, "desk")
    assert [(row.number, row.work) for row in one.promises.all()] == [(1, "修好1组的路灯"), (2, "修好2组的路灯")]


def test_who_approves_is_the_leader_in_charge(made, month):
    one = approved(made.cadre, month)
    assert (one.state, one.approved_by, one.approved_for) == (CommitmentState.APPROVED, made.users.leader, None)
    assert commitment(made.cadre, month).state == CommitmentState.APPROVED
