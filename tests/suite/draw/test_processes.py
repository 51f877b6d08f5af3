"""Two processes hold the same draw at the same moment."""

import pytest
from django.core.exceptions import ValidationError

from suite.draw.domain import carry_out
from suite.draw.models import Draw
from tests.processes import at_once
from tests.suite.draw.conftest import LATER, seeded


@pytest.mark.django_db(transaction=True)
def test_of_many_who_draw_at_once_one_does_and_the_others_are_told(tmp_path):
    draw = seeded()

    def hold(number):
        try:
            carry_out(draw, [f"见证人{number}"], None, at=LATER)
            (tmp_path / f"held-{number}").touch()
        except ValidationError as refusal:
            (tmp_path / f"told-{number}").write_text(refusal.messages[0])

    assert at_once(hold, 4, tmp_path) == []
    held = [path.name for path in tmp_path.glob("held-*")]
    told = [path.read_text() for path in tmp_path.glob("told-*")]
    assert (len(held), told) == (1, ["这次抽签已经完成，结果在它的页面上。"] * 3)
    draw = Draw.objects.get(pk=draw.pk)
    assert (draw.state, draw.witnesses) == ("drawn", [f"见证人{held[0].removeprefix('held-')}"])
