"""Which questions are drawn, and in what order."""

from training.domain.quizzes.drawing import draw
from training.models import Question

POOL = [Question(number=number, kind="single", options=list("甲乙丙丁")) for number in range(1, 21)]
SEED, OTHER = "0" * 32, "1" * 32


def shape(drawn):
    return [(question.number, order) for question, order in drawn]


def test_the_order_hangs_on_nothing_but_the_seed():
    # Computed once, by hand: a library or a machine that changes it would change it for people in mid-quiz.
    assert shape(draw(SEED, POOL[:4], 0)) == [
        (4, [3, 0, 2, 1]),
        (3, [2, 0, 3, 1]),
        (2, [3, 0, 1, 2]),
        (1, [0, 2, 3, 1]),
    ]
    assert shape(draw(SEED, POOL, 5)) == shape(draw(SEED, reversed(POOL), 5))


def test_another_seed_is_another_order():
    assert shape(draw(SEED, POOL, 0)) != shape(draw(OTHER, POOL, 0))


def test_so_many_are_drawn_as_are_asked_for_each_once():
    numbers = [question.number for question, _order in draw(SEED, POOL, 5)]
    assert len(set(numbers)) == 5
    assert len(draw(SEED, POOL, 0)) == 20


def test_every_question_is_drawn_for_somebody():
    seen = {question.number for seed in range(60) for question, _order in draw(str(seed), POOL, 5)}
    assert seen == set(range(1, 21))


def test_options_are_shuffled_but_for_those_that_stay():
    question = Question(number=1, kind="single", options=list("甲乙丙丁"))
    orders = {tuple(order) for seed in range(40) for _question, order in draw(str(seed), [question], 0)}
    assert len(orders) > 10
    assert {tuple(sorted(order)) for order in orders} == {(0, 1, 2, 3)}
    question.fixed = True
    assert [order for seed in range(9) for _question, order in draw(str(seed), [question], 0)] == [[0, 1, 2, 3]] * 9


def test_right_and_wrong_stand_in_this_order_and_a_short_text_has_none():
    truth, text = Question(number=1, kind="truth"), Question(number=2, kind="text")
    assert {question.kind: order for question, order in draw(SEED, [truth, text], 0)} == {"truth": [0, 1], "text": []}
