"""Nothing is refused in words that no test has read."""

from pathlib import Path

from django.conf import settings

from tests.refusals import messages, unread

TRAINING = Path(settings.BASE_DIR) / "site" / "training" / "domain"


def test_every_refusal_is_read_by_a_test():
    said = messages([TRAINING / "lifecycle" / "shadowing.py", TRAINING / "shadowing" / "people.py"])
    assert len(said) > 20
    assert unread(said, Path(settings.BASE_DIR) / "tests" / "training" / "shadowing") == []
