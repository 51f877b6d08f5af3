import datetime

import pytest
from django.utils import timezone

from tests.reading import text

pytestmark = pytest.mark.django_db


def test_a_notice_is_found_by_its_text_and_says_its_number_and_that_it_has_ended(
    client, publish, notice, notices, search_index
):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    publish(notices, notice("参保缴费通知", document_number="石政发〔2026〕3号", valid_until=yesterday))
    search_index()
    words = text(client.get("/search/?q=城乡居民"))
    assert "参保缴费通知 公告 · " in words
    assert "· 石政发〔2026〕3号 已结束" in words


def test_a_notice_is_found_by_its_number(client, publish, notice, notices, search_index):
    publish(notices, notice("参保缴费通知", document_number="石政发〔2026〕3号"))
    search_index()
    assert "参保缴费通知 公告" in text(client.get("/search/?q=石政发〔2026〕3号"))


def test_drafts_are_not_found(client, notice, notices, search_index):
    notices.add_child(instance=notice("参保缴费通知"))
    search_index()
    assert "参保缴费通知" not in text(client.get("/search/?q=城乡居民"))
