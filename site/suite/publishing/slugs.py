"""Addresses from Chinese titles: pinyin, because Wagtail's own slugs of them are empty or percent-encoded."""

import re

LENGTH = 60


def pinyin_slug(title: str) -> str:
    """`title` in pinyin without tones, words joined by hyphens, at most 60 characters; "page" when nothing is left.

    "关于春节放假的通知" becomes "guan-yu-chun-jie-fang-jia-de-tong-zhi".
    """
    from pypinyin import lazy_pinyin  # its dictionary takes a fifth of a second to load

    words = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(title)).lower().replace("ü", "v"))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LENGTH]
        if len(longer) > LENGTH:
            break
        slug = longer
    return slug or "page"
