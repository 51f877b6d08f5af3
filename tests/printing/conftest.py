"""Letters to be printed, and somebody who orders them; a board whose paper changes."""

from datetime import date

import pytest
from wagtail import hooks

from printing import Printable
from printing.domain.gongwen import gongwen_sheet
from tests.printing.board import board  # noqa: F401 (a fixture)


class Letter:
    """A letter by its number; what `asked` notes of it, tests look up."""

    def __init__(self, number):
        self.number = number

    def __str__(self):
        return f"关于第{self.number}号事项的通知"


class Post:
    """All letters there are: numbers that are `gone` cannot be found, those `shut` may not be printed."""

    def __init__(self):
        self.gone, self.shut, self.set = set(), set(), []
        self.before_setting = lambda number: None

    def find(self, key):
        return Letter(int(key)) if key.isdecimal() and int(key) not in self.gone else None

    def sheet(self, letter):
        self.set.append(letter.number)
        self.before_setting(letter.number)
        return gongwen_sheet(title=str(letter), body_html=f"<p>信函{letter.number}。</p>", day=date(2026, 11, 21))

    def printable(self):
        return Printable(
            kind="letter",
            label="信函",
            model=None,
            document=self.sheet,
            find=self.find,
            keys=lambda: map(str, range(1, 9)),
            user_can_print=lambda user, letter: letter.number not in self.shut,
        )


@pytest.fixture
def post():
    post = Post()
    with hooks.register_temporarily("register_printables", lambda: [post.printable()]):
        yield post


@pytest.fixture
def clerk(django_user_model):
    return django_user_model.objects.create_user("clerk", "clerk@example.com", "密码")


@pytest.fixture
def packs_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "packs"
