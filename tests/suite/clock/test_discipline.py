from pathlib import Path

from django.conf import settings


def test_only_one_module_knows_the_state_council_s_calendar():
    users = [
        str(path.relative_to(settings.SITE_DIR))
        for path in settings.SITE_DIR.rglob("*.py")
        if "chinese_calendar" in path.read_text()
    ]
    assert users == [str(Path("suite/clock/calendar.py"))]
