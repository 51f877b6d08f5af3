"""`manage.py test`: how the verdict is put together."""

import pytest

from bootstrap import test as command


@pytest.fixture
def sample(tmp_path):
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  chromium: browser\n")
    (tmp_path / "test_sample.py").write_text(
        "import pytest\n\ndef test_passes():\n    pass\n\n@pytest.mark.chromium\ndef test_fails():\n    assert False\n"
    )
    return ["-n0", "-p", "no:django", "-c", str(tmp_path / "pytest.ini"), str(tmp_path / "test_sample.py")]


def test_the_closing_line_is_kept_for_the_end(sample, capfd):
    code, closing = command.run_pytest([], sample)
    assert code == 1
    assert closing.startswith("1 failed, 1 passed in ")
    printed = capfd.readouterr().out
    assert "test_fails" in printed
    assert closing not in printed


def test_a_part_left_out_is_not_tested(sample):
    code, closing = command.run_pytest(["chromium"], sample)
    assert code == 0
    assert closing.startswith("1 passed, 1 deselected in ")
