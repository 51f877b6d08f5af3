"""The sample township has a video that plays, with captions, published for villagers."""

from django.contrib.auth.models import AnonymousUser

from demo.township import Township
from training.domain.videos.captions import cues
from training.domain.videos.uses import may_watch
from training.models import MaterialPage, Video
from training.sample import videos


class Office(Township):
    """A sample township of which nobody but its editors is there."""

    def __init__(self, editors):
        self.editors = editors

    def user(self, key):
        return getattr(self.editors, key)


def test_villagers_watch_the_sample_video(editors, section, publish):
    videos.build(Office(editors))
    video = Video.objects.get()
    assert (video.state, video.content_type, video.codec, video.seconds) == ("ready", "video/webm", "vp8", 36)
    assert len(cues(video.captions)) == 6
    assert may_watch(AnonymousUser(), video)
    assert [page.title for page in MaterialPage.objects.live().filter(video=video)] == [video.title]
