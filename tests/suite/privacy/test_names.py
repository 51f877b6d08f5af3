import pytest

from suite.privacy import masked


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三丰", "张**"),
        ("王芳", "王*"),
        ("欧阳修", "欧阳*"),
        ("司马相如", "司马**"),
        ("欧阳", "欧*"),  # 阳 may be the given name
        ("阿依古丽·买买提", "阿**"),
        ("John Smith", "J**"),
        ("  李 四 ", "李*"),
        ("丁", "丁*"),
        ("", ""),
    ],
)
def test_a_public_list_shows_the_surname_and_stars(name, shown):
    assert masked(name) == shown
