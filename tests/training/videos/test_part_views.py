"""The upload in parts over HTTP: what a script is told, in numbers and in words."""

import base64
import hashlib
import io

import pytest
from django.test import Client
from django.urls import reverse

from tests.training.videos.files import mp4
from training.domain.videos.refusals import MEGABYTE, PART
from training.models import Video
from training.views import lanes

CONTENT = mp4(size=3000)
SIZE = len(CONTENT)


@pytest.fixture
def sender(client, editor, queued):
    client.force_login(editor)
    return Sender(client)


class Sender:
    """A program that sends a video as our page does."""

    def __init__(self, client):
        self.client = client

    def begin(self, title="防汛演练", size=SIZE):
        answer = self.client.post(reverse("training_videos_begin"), {"title": title, "name": "a.mp4", "size": size})
        if answer.status_code == 201:
            self.upload = answer.json()
        return answer

    def part(self, offset, data, writer=None, **headers):
        return self.client.patch(
            self.upload["part"],
            data,
            content_type="application/offset+octet-stream",
            headers={"Upload-Offset": str(offset), "Upload-Writer": writer or self.upload["writer"], **headers},
        )

    def where(self):
        answer = self.client.head(self.upload["part"])
        return {name: answer.headers[name] for name in ("Upload-Offset", "Upload-Length", "Upload-Finished")}


def test_begin_send_ask_and_finish(sender):
    assert sender.begin().status_code == 201
    answer = sender.part(0, CONTENT[:2000])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "2000")
    assert sender.where() == {"Upload-Offset": "2000", "Upload-Length": str(len(CONTENT)), "Upload-Finished": "no"}
    assert sender.part(2000, CONTENT[2000:]).status_code == 204
    assert sender.where()["Upload-Finished"] == "yes"
    assert Video.objects.get().path.read_bytes() == CONTENT


def test_what_is_too_large_or_has_no_title_is_refused_before_anything_is_sent(sender):
    answer = sender.begin(size=2048 * MEGABYTE)
    said = "这个视频有 2048 MB，最多只收 500 MB：请降低清晰度另存（720p 就够），或分成几段。"
    assert (answer.status_code, answer.json()["message"]) == (422, said)
    answer = sender.begin(title=" ")
    assert (answer.status_code, answer.json()["message"]) == (422, "标题：此项必填。")
    assert not Video.objects.exists()


def test_a_wrong_offset_tells_the_right_one(sender):
    sender.begin()
    sender.part(0, CONTENT[:1000])
    answer = sender.part(0, CONTENT[:1000])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "1000")


def test_a_checksum_is_looked_at(sender):
    sender.begin()
    right = base64.b64encode(hashlib.sha256(CONTENT[:1000]).digest()).decode()
    assert sender.part(0, CONTENT[1:1001], **{"Upload-Checksum": f"sha256 {right}"}).status_code == 460
    assert sender.part(0, CONTENT[:1000], **{"Upload-Checksum": f"sha256 {right}"}).status_code == 204


@pytest.mark.parametrize(
    "headers", [{"Upload-Offset": "x"}, {"Upload-Checksum": "md5 eA=="}, {"Upload-Checksum": "sha256 *"}]
)
def test_what_does_not_say_where_it_belongs_is_refused(sender, headers):
    sender.begin()
    answer = sender.part(0, b"x", **headers)
    assert (answer.status_code, answer.json()["message"]) == (400, "这一段没有说明位置：请刷新页面。")


def test_a_part_that_breaks_off_is_not_counted(sender):
    sender.begin()
    answer = sender.client.patch(
        sender.upload["part"],
        CONTENT[:1000],
        headers={"Upload-Offset": "0", "Upload-Writer": sender.upload["writer"], "Content-Length": "2000"},
        **{"wsgi.input": io.BytesIO(CONTENT[:1000])},
    )
    assert (answer.status_code, sender.where()["Upload-Offset"]) == (460, "0")


def test_a_part_that_is_too_long_is_not_even_read(sender):
    sender.begin()
    answer = sender.part(0, b"x", **{"Content-Length": str(PART + 1)})
    assert (answer.status_code, answer.json()["message"]) == (413, "每一段最多 4 MB：请刷新页面。")


def test_with_all_lanes_taken_it_is_told_to_come_back(sender):
    sender.begin()
    taken = [lanes.UPLOADS.acquire(blocking=False) for _number in range(2)]
    try:
        answer = sender.part(0, CONTENT[:1000])
    finally:
        for _one in taken:
            lanes.UPLOADS.release()
    assert (taken, answer.status_code, answer.headers["Retry-After"]) == ([True, True], 503, "1")
    assert sender.part(0, CONTENT[:1000]).status_code == 204


def test_refused_parts_give_their_lane_back(sender):
    sender.begin()
    assert [sender.part(7, b"x").status_code for _number in range(5)] == [409] * 5


def test_go_on_compares_and_hands_the_upload_over(sender):
    sender.begin()
    sender.part(0, CONTENT[:2000])
    address = reverse("training_videos_go_on", args=[Video.objects.get().pk])

    def go_on(body, size=SIZE):
        return sender.client.post(
            address, body, content_type="application/octet-stream", headers={"Upload-Length": str(size)}
        )

    assert go_on(b"x" * 4000).status_code == 409
    assert go_on(CONTENT[:2000] * 2, size="x").status_code == 409
    answer = go_on(CONTENT[:2000] * 2)
    assert (answer.status_code, answer.json()["received"]) == (200, 2000)
    assert sender.part(2000, CONTENT[2000:]).status_code == 423
    assert sender.part(2000, CONTENT[2000:], writer=answer.json()["writer"]).status_code == 204


def test_somebody_elses_upload_is_not_there(sender, account):
    sender.begin()
    sender.client.force_login(account("other", "editor"))
    assert sender.client.head(sender.upload["part"]).status_code == 404
    answer = sender.part(0, CONTENT[:1000])
    assert (answer.status_code, answer.json()["message"]) == (404, "没有找到您的这次上传：请重新开始。")
    assert sender.client.get(sender.upload["page"]).status_code == 404
    assert Video.objects.get().received == 0


def test_who_may_not_upload_begins_nothing(client, account):
    client.force_login(account("cadre", "cadre"))
    assert Sender(client).begin().status_code == 404


def test_who_was_logged_out_is_told_and_not_led_to_another_page(sender):
    sender.begin()
    sender.client.logout()
    answer = sender.part(0, CONTENT[:1000])
    assert (answer.status_code, answer.json()["message"]) == (
        401,
        "登录已失效：请在另一个窗口重新登录，然后点「继续」。",
    )


def test_a_part_from_another_site_is_refused(editor, queued):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(reverse("training_videos_begin"), {"title": "甲", "name": "a", "size": 9}).status_code == 403
