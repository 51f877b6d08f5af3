import pytest

from suite.publishing.slugs import pinyin_slug
from tests.suite.publishing.testapp.models import Poster


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("关于春节放假的通知", "guan-yu-chun-jie-fang-jia-de-tong-zhi"),
        ("2026年第1号公告（停水）", "2026-nian-di-1-hao-gong-gao-ting-shui"),
        ("绿化与女职工", "lv-hua-yu-nv-zhi-gong"),
        ("便民 Service 指南", "bian-min-service-zhi-nan"),
        ("重庆银行", "chong-qing-yin-hang"),
        ("！？", "page"),
        ("", "page"),
    ],
)
def test_titles_become_pinyin(title, slug):
    assert pinyin_slug(title) == slug


def test_long_titles_end_at_a_word_within_sixty_characters():
    slug = pinyin_slug("关于进一步加强农村集体资金资产资源管理工作的实施意见的补充通知")
    assert slug == "guan-yu-jin-yi-bu-jia-qiang-nong-cun-ji-ti-zi-jin-zi-chan-zi"
    assert len(pinyin_slug("a" * 300)) == 60


def test_pages_made_in_code_get_pinyin_addresses_of_their_own(root):
    slugs = [root.add_child(instance=Poster(title="停水通知")).slug for _ in range(3)]
    assert slugs == ["ting-shui-tong-zhi", "ting-shui-tong-zhi-2", "ting-shui-tong-zhi-3"]
