"""Nothing is refused in words that no test has read."""

from pathlib import Path

from django.conf import settings

from commitments.domain import lifecycle
from tests.refusals import messages, unread

FILES = (
    "amendments", "changing", "commitments", "meetings", "months", "notice_checks", "notices", "objections", "results",
)  # fmt: skip
OTHERS = ("deciding", "rows", "supervision")


def test_every_refusal_is_read_by_a_test():
    folder = Path(lifecycle.__file__).parent
    said = messages([*(folder / f"{name}.py" for name in FILES), *(folder.parent / f"{name}.py" for name in OTHERS)])
    assert len(said) > 40
    assert unread(said, Path(settings.BASE_DIR) / "tests" / "commitments") == []
