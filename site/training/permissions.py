"""Who may do what with training (requirement Q). Whose it is, the domain asks."""

from typing import Any

from suite.publishing.permissions import WorkflowOnlyTester

RUN = "training.run_training"
VIEW = "training.view_training"
VIEW_ALL = "training.view_all_training"
KEY_IN = "training.key_in_attendance"
UPLOAD = "training.add_video"


def user_can_learn(user: Any) -> bool:
    """Have a page of one's own: read what is asked, enrol, answer quizzes, write. Everybody in the directory."""
    return getattr(user, "person", None) is not None


def user_can_run(user: Any) -> bool:
    """Ask people to read, plan courses and sessions, keep quizzes and the lists of skills."""
    return bool(user.has_perm(RUN))


def user_can_view(user: Any) -> bool:
    """See who has read, come and passed: those in charge of the units that they are in charge of."""
    return bool(user.has_perm(VIEW))


def user_can_key_in(user: Any) -> bool:
    """Key in attendance that was taken on paper."""
    return bool(user.has_perm(KEY_IN))


class MaterialTester(WorkflowOnlyTester):
    """Who may see a material follows from whom it is for: nobody sets that beside the page, nor takes it away."""

    def can_set_view_restrictions(self) -> bool:
        return False


def user_can_view_all(user: Any) -> bool:
    """See that of everybody in the township: supervisors, whoever runs training."""
    return bool(user.has_perm(VIEW_ALL))


def user_can_upload(user: Any) -> bool:
    """Upload videos for materials; one's own only are gone on with and deleted, by who runs training all."""
    return bool(user.has_perm(UPLOAD))
