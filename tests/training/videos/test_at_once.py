"""Several processes send parts of the same video at the same moment."""

import pytest
from django.contrib.auth import get_user_model

from tests.processes import at_once
from tests.training.videos.files import mp4
from training.domain.lifecycle import videos
from training.domain.videos.refusals import PartRefused
from training.models import Video

CONTENT = mp4(size=200_000)
EACH = 10_000


@pytest.mark.django_db(transaction=True)
def test_four_processes_that_send_the_same_parts_make_one_whole_video(tmp_path, queued):
    user = get_user_model().objects.create_user("editor")
    begun = videos.begin("防汛演练", "a.mp4", len(CONTENT), user)

    def send(number):
        at = 0
        while at < len(CONTENT):
            try:
                at = videos.add_part(begun, begun.writer, at, CONTENT[at : at + EACH]).received
            except PartRefused:
                video = Video.objects.get(pk=begun.pk)
                if video.state != "uploading":
                    return
                at = video.received

    assert at_once(send, 4, tmp_path) == []
    video = Video.objects.get()
    assert (video.state, video.received, video.path.read_bytes() == CONTENT) == ("checking", len(CONTENT), True)
