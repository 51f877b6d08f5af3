import pytest

from printing.domain.rendering import PrintingUnavailable, render_pdf
from printing.domain.seatcards import SeatCard, seat_card_sheet, spaced
from tests.printing.paper import MM, pages

LONGEST = "阿卜杜热西提·麦麦提吐尔孙江托合提汗古丽"
NAMES = ["王强", "欧阳建国", "李", LONGEST, "John Smith-Wellington", "赵䶮"]


def printed(names, per_sheet=1):
    return pages(render_pdf(seat_card_sheet([SeatCard(name, "村民代表") for name in names], per_sheet=per_sheet)))


@pytest.mark.pdf
@pytest.mark.parametrize("name", NAMES)
def test_a_name_stands_twice_on_its_sheet_once_on_its_head_and_is_never_broken(name):
    (page,) = printed([name])
    assert (round(page.width * MM), round(page.height * MM)) == (297, 210)
    whole = "".join(one["text"] for one in page.chars).replace("\u3000", "")
    assert whole.count(name) == 2
    largest = max(one["size"] for one in page.chars)
    lines = {(one["matrix"][3] > 0, round(one["matrix"][5])) for one in page.chars if one["size"] > largest - 0.5}
    assert sorted(upright for upright, _baseline in lines) == [False, True]


@pytest.mark.pdf
@pytest.mark.parametrize("per_sheet", [1, 2])
def test_names_fill_their_side_and_stay_within_it(per_sheet):
    side = 105 if per_sheet == 1 else 297 / 4
    for name in NAMES:
        (card,) = printed([name], per_sheet)
        large = [one for one in card.chars if one["size"] > 12]
        left, right = min(one["x0"] for one in large) * MM, max(one["x1"] for one in large) * MM
        assert left >= 9
        assert right <= card.width * MM - 9
        assert right - left >= (0.1 if len(name) == 1 else 0.55) * card.width * MM
        assert {one["top"] * MM // side == one["bottom"] * MM // side for one in large} == {True}


@pytest.mark.pdf
def test_two_cards_go_on_a_sheet_to_be_cut():
    found = printed(["王强", "欧阳建国", "李"], per_sheet=2)
    whole = ["".join(one["text"] for one in page.chars) for page in found]
    assert [[text.count(name) for name in ("欧阳建国", "李")] for text in whole] == [[2, 0], [0, 2]]


@pytest.mark.parametrize(
    ("name", "set_as"),
    [
        ("王强", "王　强"),
        (" 王 强 ", "王 强"),
        ("欧阳建国", "欧阳建国"),
        ("李", "李"),
        ("Li", "Li"),
        ("王\n强", "王 强"),
    ],
)
def test_a_name_of_two_characters_is_spaced(name, set_as):
    assert spaced(name) == set_as


@pytest.mark.parametrize("names", [[], ["", " "]])
def test_cards_for_nobody_are_refused_by_name(names):
    with pytest.raises(PrintingUnavailable) as refusal:
        seat_card_sheet([SeatCard(name) for name in names], title="席卡：民政服务队")
    assert refusal.value.messages == ["“席卡：民政服务队”：没有可以打印席卡的人。"]
