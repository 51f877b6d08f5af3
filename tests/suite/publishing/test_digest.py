from suite.publishing.digest import digest
from tests.suite.publishing.testapp.models import Poster

TABLE = {"type": "table", "value": {"data": [["村", "户"], ["柳岸", "3"]], "first_row_is_table_header": True}}


def test_looking_at_a_table_does_not_change_the_fingerprint():
    unseen, seen = Poster(title="名单", body=[TABLE]), Poster(title="名单", body=[TABLE])
    seen.body.render_as_block()
    assert digest(unseen) == digest(seen)


def test_another_cell_is_another_fingerprint():
    other = {**TABLE, "value": {**TABLE["value"], "data": [["村", "户"], ["柳岸", "4"]]}}
    assert digest(Poster(title="名单", body=[TABLE])) != digest(Poster(title="名单", body=[other]))
