"""Run inside a site's `manage.py shell`: brings a hearing to the morning of its session, weeks passing in between."""

import datetime
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.utils import timezone

from hearings.domain.lifecycle import hearings, notices, representatives, session, topics
from hearings.domain.lifecycle.drafts import draft_notice
from hearings.domain.notice_period import current_notice
from hearings.models import Hearing, Posting, Representative, Topic
from organisation.models import Person, Unit
from suite.publishing.domain import publish_batch


def account(name):
    return get_user_model().objects.get(username=name)


def begun(title):
    """A session that begins now; returns the key of the hearing. Two representatives and two officers are there."""
    office, now = account("efficiency_office"), timezone.now()
    village, unit = Unit.objects.get(name="柳岸村"), Unit.objects.get(name="党政办公室")
    chair, officer = (Person.objects.get(user__username=name) for name in ("leader", "shenyun"))
    with patch("django.utils.timezone.now", lambda: now - datetime.timedelta(days=20)):
        topic = topics.report(Topic(village=village, title=f"{title}的问题", text="夜里看不见。", concerned=9), office)
        hearing = hearings.open_hearing(Hearing(title=title, about="路灯。", host=unit), office)
        changes = {
            "starts_at": now, "place": "镇政府会议室", "sign_up_until": now - datetime.timedelta(days=3),
            "topics": [topic], "quotas": {village: 3}, "officers": [(chair, "chair"), (officer, "officer")],
        }  # fmt: skip
        hearing = hearings.plan(hearings.change(hearing, changes, "", office), office)
        page = draft_notice(hearing, office)
        done = publish_batch([page], account("checker"), account("approver"), name=title, file_hash=f"{hearing.pk:064}")
        assert done.refused == [], done.refused
        posting = Posting(
            notice=current_notice(hearing), place="村口", posted_at=timezone.now(), signed_by="谭秀芝", village=village
        )
        notices.record_posting(posting, office)
        for number, name in enumerate(("林小满", "周有田")):
            phone = f"139{hearing.pk:07}{number}"
            representatives.sign_up(Representative(hearing=hearing, name=name, village=village, phone=phone))
    hearing = hearings.begin_session(hearings.fix_representatives(hearing, office), office)
    session.set_presence(hearing, hearing.representatives.all(), hearing.officers.all(), office)
    return hearing.pk
