"""Nothing is refused in words that no test has read."""

from pathlib import Path

from django.conf import settings

from hearings.domain import lifecycle
from tests.refusals import messages, unread

FILES = ("changes", "hearings", "notices", "representatives", "topics")
OTHERS = ("notice_pages", "notice_period", "people", "planning", "texts")
# Words that refuse nothing: reasons written into the log, titles of draws.
NO_REFUSALS = {
    "The notice page was taken down.", "Taken off the agenda", "Draw of representatives: %(hearing)s",
    "Who of the volunteers speaks for the villages; who is not drawn makes the waiting list.",
}  # fmt: skip


def test_every_refusal_is_read_by_a_test():
    folder = Path(lifecycle.__file__).parent
    paths = [*(folder / f"{name}.py" for name in FILES), *(folder.parent / f"{name}.py" for name in OTHERS)]
    said = messages(paths) - NO_REFUSALS
    assert len(said) > 55
    assert unread(said, Path(settings.BASE_DIR) / "tests" / "hearings") == []
