"""Candidates, draws at every stage, and the people who hold them."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from suite.draw.algorithm import sha256
from suite.draw.domain import (
    PublicResult,
    Strings,
    Subject,
    carry_out,
    close_hashes,
    commit,
    enter_result,
    freeze,
    reveal,
)
from suite.draw.domain import prepare as prepare_draw
from suite.draw.listing import Candidate, Rules
from tests.suite.publishing.steps import make_user

OFFICE = ZoneInfo("Asia/Shanghai")
FREEZE = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=OFFICE)
DUE = datetime.datetime(2026, 11, 24, 21, 30, tzinfo=OFFICE)
LATER = DUE + datetime.timedelta(hours=1)
RESULT = PublicResult("双色球第2026136期", "六个红球由小到大，再接蓝球，每个两位", 14, DUE)
VALUE = "03 07 12 19 25 31 + 08"
PEOPLE = (
    Candidate("s1", "张*三", "柳岸村"),
    Candidate("s2", "李*", "柳岸村"),
    Candidate("s3", "王*山", "柳岸村", last=1),
    Candidate("s4", "赵*", "石桥村"),
    Candidate("s5", "钱*田", "石桥村", last=2),
    Candidate("s6", "孙*", "茶亭村"),
)
RULES = Rules(total=4, seats={"柳岸村": 1, "石桥村": 1}, rest=2)
STRINGS = {"周国平": "今夜有雨 7392-aq", "吴桂花": "院里两只\u3000白鹅 0415-kd", "郑新民": "plum-blossom-8821-雪"}


def prepared(user=None, *, key="1", people=PEOPLE, rules=RULES, seed=RESULT):
    """A draw that is being prepared."""
    return prepare_draw(
        user,
        title="饮水安全听证会代表抽签",
        purpose="从报名村民中抽取听证代表",
        subject=Subject("hearings.hearing", key, "柳岸村饮水安全效能听证会", "/hearings/1/"),
        candidates=people,
        rules=rules,
        seed=seed,
    )


def frozen(user=None, **changes):
    """A draw whose list is published."""
    return freeze(prepared(user, **changes), user, at=FREEZE)


def committed(user=None, *, salt="", **changes):
    """A draw by strings whose hashes are complete; ``salt`` is added to the strings, for no hash serves twice."""
    draw = frozen(user, **{"seed": Strings(DUE), **changes})
    for name, text in STRINGS.items():
        commit(draw, name, sha256(text + salt), user, at=FREEZE)
    return close_hashes(draw, user, at=FREEZE)


def seeded(user=None, **changes):
    """A draw whose public result is known."""
    draw = frozen(user, **changes)
    return enter_result(draw, VALUE, "中国福利彩票官网", "陈立新", None, at=LATER)


def revealed(user=None, *, salt="", **changes):
    """A draw by strings all of which are shown."""
    draw = committed(user, salt=salt, **changes)
    for number, text in enumerate(STRINGS.values(), 1):
        draw = reveal(draw, number, text + salt, user, at=FREEZE)
    return draw


def drawn(user=None, *, draw=None, **changes):
    """A draw with its result."""
    return carry_out(draw or seeded(user, **changes), ["陈立新", "何秀英"], user, at=LATER)


@pytest.fixture
def office(db):
    return make_user("office", "efficiency_office")


@pytest.fixture
def witness(db):
    return make_user("witness", "supervisor")
