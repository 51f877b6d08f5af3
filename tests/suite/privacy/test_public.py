"""A text for everybody to read is refused at its field, without repeating what must not be read."""

import pytest
from django.core.exceptions import ValidationError

from suite.privacy import require_public

NUMBER = "这段文字里有身份证号、手机号或银行卡号。文字会有其他人看到，请删去；电话请填在电话一栏。"
NAME = "这段文字会公开，里面有人的全名（王**、李*）：请写姓加星号，或者写村名。"
NAMES = {"王小明": "王**", "李四": "李*"}


def refusal(*args):
    with pytest.raises(ValidationError) as caught:
        require_public(*args)
    return caught.value.message_dict


@pytest.mark.parametrize("number", ["13812345678", "110101199003071233", "１３８ １２３４ ５６７８"])
def test_a_personal_number_is_refused_at_its_field(number):
    assert refusal({"title": "修路", "result": f"请打{number}"}) == {"result": [NUMBER]}


def test_names_that_are_not_public_are_refused_and_told_masked():
    assert refusal({"title": "王小明和李四要求修路"}, NAMES) == {"title": [NAME]}


def test_every_field_is_told_at_once_and_a_number_before_a_name():
    assert refusal({"title": "13812345678王小明", "reason": "王小明、李四"}, NAMES) == {
        "title": [NUMBER],
        "reason": [NAME],
    }


def test_what_may_be_read_passes():
    assert require_public({"title": "石桥镇政府 8812 0101，王**反映", "reason": ""}, NAMES) is None
    assert require_public({"title": "王小明"}) is None
