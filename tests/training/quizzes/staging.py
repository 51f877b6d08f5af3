"""Quizzes brought to any stage by the product's own functions."""

import datetime

from django.utils import timezone

from suite.autosave.answers import Sent
from tests.training.town import Town
from training.domain.lifecycle import quiz_tries, quizzes
from training.models import Attempt, Quiz

# A Wednesday, ten o'clock.
NOW = datetime.datetime(2026, 11, 4, 10, 0, tzinfo=timezone.get_fixed_timezone(480))


class Time:
    """The office's time, stopped at ``now``."""

    def __init__(self, now=NOW):
        self.now = now

    def go(self, **passed):
        self.now += datetime.timedelta(**passed)
        return self.now


def single(text="一次性告知应当采用什么形式？", options=("书面", "口头", "不必告知"), right=(0,), **more):
    return question("single", text, options=options, right=right, **more)


def multiple(text="哪些属于三员？", options=("系统管理员", "安全管理员", "会计"), right=(0, 1), **more):
    return question("multiple", text, options=options, right=right, **more)


def truth(text="密码可以告诉同事。", right=1, **more):
    return question("truth", text, right=[right], **more)


def short(text="全国统一的消费者投诉电话是多少？", accepted=("12315",), **more):
    return question("text", text, accepted=accepted, **more)


def question(kind, text, options=(), right=(), accepted=(), explanation="见《办事指南》。", fixed=False):
    return {
        "kind": kind,
        "text": text,
        "options": list(options),
        "right": list(right),
        "accepted": list(accepted),
        "explanation": explanation,
        "fixed": fixed,
    }


ALL = (single(), multiple(), truth(), short())


class Stage(Town):
    """A town with an office that runs training (``clerk``) and two cadres, ``cadre`` and ``other``."""

    def __init__(self):
        super().__init__()
        self.clerk = self.person("沈静", "efficiency_office", unit=self.office)
        self.cadre = self.person("田野", "cadre", unit=self.office)
        self.other = self.person("白露", "cadre", unit=self.team)

    def quiz(self, questions=ALL, people=None, opened=True, **rules):
        """A quiz for the two cadres, open unless told otherwise."""
        quiz = Quiz.objects.create(**{"title": "一次性告知小测", "pass_mark": 50, "tries": 3, **rules})
        quiz.people.set([self.cadre, self.other] if people is None else people)
        self.write(quiz, questions)
        return quizzes.open_quiz(quiz, self.clerk.user) if opened else quiz

    def write(self, quiz, questions):
        """Have these questions being written."""
        return quizzes.replace_questions(quiz, questions, self.clerk.user)


def begin(quiz, person):
    return quiz_tries.begin(quiz, person.user)


def sent(attempt):
    return Sent(attempt.version, "", 0)


def right_answers(attempt, wrong=()):
    """What a form posts that answers everything right, but for the places in ``wrong``."""
    given = {}
    for one in attempt.answers.select_related("question"):
        asked = one.question
        if asked.kind == "text":
            given[one.place] = ["不知道" if one.place in wrong else asked.accepted[0]]
        else:
            chosen = [place for place, number in enumerate(one.order) if number in asked.right]
            if one.place in wrong:
                chosen = [place for place, number in enumerate(one.order) if number not in asked.right][:1]
            given[one.place] = [str(place) for place in chosen]
    return given


def hand_in(attempt, given=None, incomplete=True):
    """Hand in these answers, all right unless told otherwise."""
    attempt = Attempt.objects.get(pk=attempt.pk)
    given = right_answers(attempt) if given is None else given
    return quiz_tries.finish(attempt, given, sent(attempt), attempt.person.user, incomplete=incomplete)


def save(attempt, given):
    attempt = Attempt.objects.get(pk=attempt.pk)
    return quiz_tries.answer(attempt, given, sent(attempt), attempt.person.user)


def take(quiz, person, wrong=()):
    """Begin and hand in at once."""
    attempt = begin(quiz, person)
    return hand_in(attempt, right_answers(attempt, wrong))
