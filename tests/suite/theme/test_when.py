import datetime
from zoneinfo import ZoneInfo

from suite.theme.when import meeting_time, moment_in_full, moment_in_short

HERE = ZoneInfo("Asia/Shanghai")
AFTERNOON = datetime.datetime(2026, 12, 3, 14, 30, tzinfo=HERE)


def test_a_meeting_is_written_as_screens_documents_and_posters_write_it():
    assert meeting_time(AFTERNOON) == "2026年12月3日（星期四）下午2:30"
    assert moment_in_full(AFTERNOON) == "2026年12月3日（星期四）下午2时30分"
    assert moment_in_short(AFTERNOON) == "12月3日（星期四）下午2:30"
    assert meeting_time(None) == ""


def test_noon_is_after_the_morning_and_the_full_hour_has_no_minutes():
    assert moment_in_full(AFTERNOON.replace(hour=12, minute=0)) == "2026年12月3日（星期四）下午12时"
    assert moment_in_full(AFTERNOON.replace(hour=9, minute=0)) == "2026年12月3日（星期四）上午9时"
    assert moment_in_short(AFTERNOON.replace(hour=19, minute=5)) == "12月3日（星期四）晚上7:05"


def test_it_is_the_offices_day_whatever_the_server_s_zone():
    late = datetime.datetime(2026, 12, 2, 17, 30, tzinfo=datetime.UTC)
    assert meeting_time(late) == "2026年12月3日（星期四）上午1:30"
