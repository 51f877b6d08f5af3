"""Nothing is refused in words that no test has read."""

from pathlib import Path

from django.conf import settings

from tests.refusals import messages, unread
from training.domain import lifecycle

# Frames what is wrong with a question.
NO_REFUSALS = {"Question %(number)s: %(problem)s."}


def test_every_refusal_is_read_by_a_test():
    folder = Path(lifecycle.__file__).parent
    paths = [folder / f"{name}.py" for name in ("quizzes", "quiz_tries", "quiz_imports", "quiz_accepted")]
    paths += [folder.parent / "quizzes" / f"{name}.py" for name in ("questions", "workbook")]
    said = messages(paths) - NO_REFUSALS
    assert len(said) > 40
    assert unread(said, Path(settings.BASE_DIR) / "tests" / "training" / "quizzes") == []
