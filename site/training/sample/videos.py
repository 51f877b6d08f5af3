"""A silent film with captions in the sample township: drawn here, nobody's but ours."""

from __future__ import annotations

import io
import itertools
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from wagtail.models import Site

from printing import fonts
from suite.background.domain.lifecycle import work_on
from training.domain.lifecycle import videos
from training.enums import Audience, MaterialKind
from training.models import MaterialIndexPage, MaterialPage, Video

from . import webm

_TITLE = "灭火器怎么用：提、拔、握、压"
_STEPS = (
    ("灭火器怎么用", "先看压力表：指针在绿区才能用。"),
    ("一  提", "提起灭火器，走到上风处，离火两三米。"),
    ("二  拔", "拔掉保险销，拔之前不要压手柄。"),
    ("三  握", "一手握住喷管，对准火焰根部。"),
    ("四  压", "压下手柄，左右扫射，直到不冒烟。"),
    ("打 119", "火大了就跑，先救人，再打 119。"),
)
_EACH = 6
_SIZE = (960, 540)
_COLOURS = ("#0b5d5e", "#8a5a00", "#1f6b3a", "#0b5d5e", "#8a5a00", "#b3261e")


def build(township: Any) -> None:
    """One video for villagers, uploaded, checked, captioned and published."""
    editor = township.user("editor")
    content = _film()
    video = videos.keep_whole(_TITLE, "灭火器.webm", [content], len(content), editor)
    work_on(Video, video.pk, video.turn)
    video = videos.set_captions(Video.objects.get(pk=video.pk), _captions(), editor)
    section = MaterialIndexPage.objects.first()
    if section is None:
        home = Site.objects.get(is_default_site=True).root_page
        section = township.publish(MaterialIndexPage(title="学习资料"), home, days_ago=61)
    page = MaterialPage(
        title=_TITLE,
        kind=MaterialKind.VIDEO,
        audience=Audience.VILLAGERS,
        introduction="三十六秒学会，没有声音也看得懂。",
        video=video,
    )
    township.publish(page, section, days_ago=20)


def _film() -> bytes:
    """Each step for a few seconds, with its words where a font for them is there."""
    frames = [[webm.frame(_picture(number))] * _EACH for number in range(len(_STEPS))]
    file = io.BytesIO()
    webm.write(file, list(itertools.chain(*frames)), _SIZE, every=1000)
    return file.getvalue()


def _picture(number: int) -> Image.Image:
    picture = Image.new("RGB", _SIZE, "#fffdf8")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, _SIZE[0], 24), fill=_COLOURS[number])
    # How far the film is, as dots: it needs no letters.
    for dot in range(len(_STEPS)):
        left = 60 + dot * 60
        draw.ellipse((left, 450, left + 28, 478), fill=_COLOURS[number] if dot <= number else "#d9d3c7")
    path = next((found for font in fonts.FONTS if "Hei" in font.file and (found := fonts.find(font))), None)
    if path is not None:
        title, words = _STEPS[number]
        draw.text((60, 110), title, fill=_COLOURS[number], font=ImageFont.truetype(str(path), 84))
        draw.text((60, 270), words, fill="#1c1b19", font=ImageFont.truetype(str(path), 44))
    return picture


def _captions() -> str:
    cues = [
        f"00:{number * _EACH:02}.000 --> 00:{number * _EACH + _EACH - 1:02}.500\n{words}"
        for number, (_title, words) in enumerate(_STEPS)
    ]
    return "\n\n".join(["WEBVTT", *cues])
