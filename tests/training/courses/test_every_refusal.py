"""Nothing is refused in words that no test has read."""

from pathlib import Path

from django.conf import settings

from tests.refusals import messages, unread
from training.domain import lifecycle


def test_every_refusal_is_read_by_a_test():
    folder = Path(lifecycle.__file__).parent
    paths = [folder / "courses.py", folder / "enrolments.py"]
    paths += [folder.parent / "courses" / f"{name}.py" for name in ("checks", "seats")]
    said = messages(paths)
    assert len(said) > 30
    assert unread(said, Path(settings.BASE_DIR) / "tests" / "training" / "courses") == []
