"""Nothing is refused in words that no test has read."""

from pathlib import Path

from django.conf import settings

from tests.refusals import messages, unread
from training.domain import videos


def test_every_refusal_is_read_by_a_test():
    folder = Path(videos.__file__).parent
    site = folder.parents[1]
    said = messages([*folder.glob("*.py"), site / "domain/lifecycle/videos.py", site / "forms/videos.py"])
    assert len(said) > 25
    assert unread(said, Path(settings.BASE_DIR) / "tests/training/videos") == []
