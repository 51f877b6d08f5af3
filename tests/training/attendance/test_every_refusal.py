"""Nothing is refused in words that no test has read."""

from pathlib import Path

from django.conf import settings

from tests.refusals import messages, unread
from training.domain import attendance, lifecycle

HERE = Path(settings.BASE_DIR) / "tests" / "training" / "attendance"
LIFECYCLE = ("attendance", "attendance_window", "certificates", "feedback")
OTHERS = ("names", "records", "series", "served", "told")


def test_every_refusal_is_read_by_a_test():
    done, asked = (Path(one.__file__).parent for one in (lifecycle, attendance))
    said = messages([*(done / f"{name}.py" for name in LIFECYCLE), *(asked / f"{name}.py" for name in OTHERS)])
    assert len(said) > 40
    assert unread(said, HERE) == []
