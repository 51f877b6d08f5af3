"""The results of a month on the desk: texts saved while typing, files and links, what is refused, what came back."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from commitments.domain.lifecycle import results
from commitments.models import Commitment, Promise
from suite.evidence.domain import evidence_of
from suite.evidence.models import Evidence
from tests.commitments import staging
from tests.commitments.test_form import JSON, field, queries
from tests.reading import text

HERE = "/desk/commitments/2026-11/result/"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def promises(made, month, time):
    """Two approved promises of the cadre, whose month reports its results."""
    one = staging.approved(made.cadre, month)
    time.now = staging.after_filing(month)
    staging.reporting(made, month)
    return list(one.promises.order_by("number"))


@pytest.fixture
def cadre(made, promises, client):
    client.force_login(made.users.cadre)
    return client


def stored(promises):
    """The version that a page opened now comes with."""
    return str(Commitment.objects.get(promises__in=promises[:1]).version)


def told(promises, version=None, **more):
    """What a browser sends when everything is filled in."""
    version = stored(promises) if version is None else version
    fields = {f"claimed-{one.pk}": "fulfilled" for one in promises}
    fields |= {f"result-{one.pk}": f"第{one.number}项已办。" for one in promises}
    return {**fields, "version": version, **more}


def photo(name="亮灯.png"):
    content = io.BytesIO()
    Image.new("RGB", (20, 20), "green").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def shown(promise):
    return [str(one) for one in evidence_of(("commitments.promise", promise.pk))]


def test_the_list_and_the_desk_lead_to_the_result(made, month, cadre):
    page = cadre.get(reverse("commitments_own"))
    assert "待报结果 截止 12月3日（星期四）下午5:30" in text(page)
    assert f'href="{HERE}"' in page.content.decode()


def test_results_are_reported_with_files_and_links_without_scripts(made, month, cadre, promises):
    first, second = promises
    sent = told(promises, report="1")
    sent |= {f"uploads-{first.pk}": [photo()], f"links-{second.pk}": "https://example.com/ 现场照片"}
    page = cadre.post(HERE, sent, follow=True)
    assert "已报结果，由效能监督员核实。" in text(page)
    one = staging.commitment(made.cadre, month)
    assert (one.state, one.draft) == ("reported", [])
    assert [(row.claimed, row.result) for row in one.promises.order_by("number")] == [
        ("fulfilled", "第1项已办。"),
        ("fulfilled", "第2项已办。"),
    ]
    assert (shown(first), shown(second)) == (["亮灯.png"], ["现场照片"])
    assert cadre.get(HERE).status_code == 302


def test_texts_are_saved_while_typing_links_too_and_come_back(made, month, cadre, promises):
    first, second = promises
    sent = {f"result-{first.pk}": "装好3盏" * 700, f"links-{first.pk}": "https://exa", f"claimed-{second.pk}": "not"}
    old = int(stored(promises))
    answer = cadre.post(HERE, {**sent, "version": old, "writer": "phone", "turn": 1}, headers=JSON)
    assert answer.json() == {"version": old + 1}
    page = cadre.get(HERE)
    assert field(page, f"result-{first.pk}") == "装好3盏" * 700
    assert field(page, f"links-{first.pk}") == "https://exa"
    assert re.search(rf'name="claimed-{second.pk}"[^>]*value="not" checked', page.content.decode())
    other = cadre.post(HERE, {**sent, f"result-{first.pk}": "别的", "version": old, "writer": "desk"}, headers=JSON)
    assert other.status_code == 409
    assert other.json()["values"][f"result-{first.pk}"] == ["装好3盏" * 700]
    both = cadre.post(HERE, {**sent, f"result-{first.pk}": "别的", f"claimed-{second.pk}": "partly", "version": old})
    assert both.status_code == 409
    assert "2. 完成情况 别处已保存的 未完成 您写的 部分完成" in text(both)


def test_everything_that_is_wanting_is_said_at_once_and_what_was_added_stays(made, month, cadre, promises):
    first, second = promises
    sent = told(promises, report="1") | {f"claimed-{first.pk}": "", f"result-{second.pk}": " "}
    page = cadre.post(HERE, {**sent, f"uploads-{first.pk}": [photo()]})
    assert page.status_code == 422
    html = page.content.decode()
    assert f'href="#id_claimed-{first.pk}_0"' in html
    assert f'href="#id_result-{second.pk}"' in html
    assert field(page, f"result-{first.pk}") == "第1项已办。"
    assert shown(first) == ["亮灯.png"]
    assert "亮灯.png" in text(page)
    assert staging.commitment(made.cadre, month).state == "approved"
    again = told(promises, version=field(page, "version"), report="1")
    assert cadre.post(HERE, again).status_code == 302
    assert shown(first) == ["亮灯.png"]


def test_a_file_that_is_not_what_it_says_is_refused_beside_its_field_and_texts_stay(made, month, cadre, promises):
    first, second = promises
    wrong = SimpleUploadedFile("现场.jpg", b"MZ this is a program", "image/jpeg")
    sent = told(promises, report="1") | {f"uploads-{first.pk}": [wrong], f"links-{second.pk}": "javascript:alert(1)"}
    page = cadre.post(HERE, sent)
    assert page.status_code == 422
    html = page.content.decode()
    assert f'id="wrong_uploads-{first.pk}"' in html
    assert f'id="wrong_links-{second.pk}"' in html
    assert "现场.jpg" in text(page)
    assert field(page, f"links-{second.pk}") == "javascript:alert(1)"
    assert field(page, f"result-{second.pk}") == "第2项已办。"
    assert staging.commitment(made.cadre, month).state == "approved"
    assert not Evidence.objects.exists()


def test_a_piece_is_removed_with_its_reason_until_the_result_is_reported(made, month, cadre, promises):
    first = promises[0]
    page = cadre.post(HERE, {**told(promises, add="1"), f"uploads-{first.pk}": [photo()]}, follow=True)
    assert "已添加并保存。" in text(page)
    piece = Evidence.objects.get()
    typed = told(promises, version=field(page, "version"), remove=piece.pk) | {f"result-{first.pk}": "刚写的"}
    asked = cadre.post(HERE, typed, follow=True)
    assert "移除佐证" in text(asked)
    address = reverse("commitments_evidence_remove", args=[piece.pk])
    assert cadre.post(address, {"reason": ""}).status_code == 422
    assert shown(first) == ["亮灯.png"]
    back = cadre.post(address, {"reason": "照片传错了"}, follow=True)
    assert "已移除：亮灯.png" in text(back)
    assert field(back, f"result-{first.pk}") == "刚写的"
    assert shown(first) == []


def test_nobody_removes_what_belongs_to_others(made, month, cadre, promises, client):
    cadre.post(HERE, {**told(promises, add="1"), f"uploads-{promises[0].pk}": [photo()]})
    address = reverse("commitments_evidence_remove", args=[Evidence.objects.get().pk])
    client.force_login(made.users.other)
    assert client.post(address, {"reason": "不想让人看"}).status_code == 403
    assert len(shown(promises[0])) == 1


def test_what_was_sent_back_shows_the_remark_and_what_was_reported(made, month, cadre, promises):
    cadre.post(HERE, told(promises, report="1") | {f"links-{one.pk}": "https://example.com/" for one in promises})
    results.send_back(staging.commitment(made.cadre, month), "没有照片", made.users.supervisor)
    page = cadre.get(HERE)
    assert "退回意见：没有照片。请重新报结果。" in text(page)
    assert field(page, f"result-{promises[0].pk}") == "第1项已办。"
    again = cadre.post(HERE, told(promises, version=field(page, "version"), report="1"))
    assert again.status_code == 302
    assert staging.commitment(made.cadre, month).state == "reported"


def test_late_is_said_and_it_is_reported_all_the_same(made, month, promises, time, client):
    time.go(days=40)
    client.force_login(made.users.cadre)
    assert "结果逾期未报" in text(client.get(HERE))
    client.post(HERE, told(promises, report="1") | {f"links-{one.pk}": "https://a.cn/" for one in promises})
    assert staging.commitment(made.cadre, month).state == "reported"


def test_the_files_are_read_by_whom_they_concern_only(made, month, cadre, promises, client):
    cadre.post(HERE, {**told(promises, add="1"), f"uploads-{promises[0].pk}": [photo()]})
    address = Evidence.objects.get().url
    for name, status in (("cadre", 200), ("clerk", 200), ("supervisor", 200), ("leader", 200), ("other", 404)):
        client.force_login(getattr(made.users, name))
        assert (name, client.get(address).status_code) == (name, status)


def test_before_the_results_begin_the_form_of_the_result_leads_to_what_was_promised(made, month, client):
    staging.approved(made.cadre, month)
    client.force_login(made.users.cadre)
    assert client.get(HERE).headers["Location"] == "/desk/commitments/2026-11/"
    refused = client.post(HERE, told(Promise.objects.all(), report="1"), follow=True)
    assert staging.commitment(made.cadre, month).state == "approved"
    assert refused.status_code == 200


def test_the_form_costs_few_queries(made, month, cadre, promises):
    cadre.get(HERE)
    assert len(queries(lambda: cadre.get(HERE))) <= 20
    sent = told(promises, writer="w", turn=1)
    saved = queries(lambda: cadre.post(HERE, sent, headers=JSON))
    assert len(saved) <= 12, saved
