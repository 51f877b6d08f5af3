"""Nothing is refused in words that no test has read."""

from pathlib import Path

from django.conf import settings

from tests.refusals import messages, unread
from training.domain import lifecycle
from training.domain.reading import asked, readers


def test_every_refusal_is_read_by_a_test():
    files = [Path(lifecycle.__file__).parent / "reading.py", Path(asked.__file__), Path(readers.__file__)]
    said = messages(files)
    assert len(said) > 15
    assert unread(said, Path(settings.BASE_DIR) / "tests" / "training" / "reading") == []
