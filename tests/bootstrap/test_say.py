"""What the person at the keyboard sees of a step."""

import io
import re
import sys
import time

import pytest

from bootstrap import commands, say


class Terminal(io.StringIO):
    def isatty(self):
        return True


def wait_until_shown(terminal, text):
    until = time.monotonic() + 30
    while text not in terminal.getvalue():
        assert time.monotonic() < until, terminal.getvalue()
        time.sleep(0.05)


def test_a_step_says_on_a_terminal_how_far_it_is_and_leaves_no_trace_of_it(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    with say.step("建表") as tell:
        wait_until_shown(terminal, "\r… 建表 ")
        tell(120, 223)
        wait_until_shown(terminal, "\r… 建表 120/223 ")
    last = terminal.getvalue().rsplit("\r", 1)[1]
    assert re.fullmatch(r"✓ 建表 [\d.]+ 秒 +\n", last)
    assert len(last.rstrip("\n")) >= len("… 建表 120/223 99 秒")


def test_a_file_is_told_five_times_how_far_it_is(capsys):
    with say.step("建表") as tell:
        for number in range(1, 24):
            tell(number, 23)
    assert re.fullmatch(r"  建表 … 5/23 10/23 14/23 19/23 23/23 ✓ [\d.]+ 秒\n", capsys.readouterr().out)


def test_a_step_with_less_than_five_parts_names_each(capsys):
    with say.step("建表") as tell:
        tell(1, 2)
        tell(2, 2)
    assert re.fullmatch(r"  建表 … 1/2 2/2 ✓ [\d.]+ 秒\n", capsys.readouterr().out)


def test_lines_are_heard_when_they_are_printed(tmp_path):
    heard, go_on = [], tmp_path / "go-on"
    wait = f"import time, pathlib\nwhile not pathlib.Path({str(go_on)!r}).exists(): time.sleep(0.05)"

    def hear(line):
        heard.append(line)
        go_on.touch()

    program = f"print('one', flush=True)\n{wait}\nprint('two')"
    assert commands.run(sys.executable, "-c", program, heard=hear) == "one\ntwo\n"
    assert heard == ["one\n", "two\n"]


def test_a_program_that_fails_while_it_is_heard_is_a_failure():
    with pytest.raises(commands.CommandFailed) as failed:
        commands.run(sys.executable, "-c", "print('no'); raise SystemExit(3)", heard=lambda line: None)
    assert (failed.value.code, failed.value.output) == (3, "no\n")
