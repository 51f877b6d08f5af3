"""Nothing is refused in words that no test has read."""

from pathlib import Path

from django.conf import settings

from tests.refusals import messages, unread
from training.domain import lifecycle


def test_every_refusal_is_read_by_a_test():
    folder = Path(lifecycle.__file__).parent
    said = messages([folder / "writings.py", folder / "study_pages.py"])
    assert len(said) > 25
    assert unread(said, Path(settings.BASE_DIR) / "tests" / "training" / "writings") == []
