import os
import subprocess
import sys

import pytest

from printing import fonts


@pytest.fixture
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("BIANMIN_FONTS", str(tmp_path / "fonts"))
    monkeypatch.setattr(
        fonts, "FONTS", [fonts.Font(font.file, font.package, "nowhere", font.family) for font in fonts.FONTS]
    )
    return tmp_path / "fonts"


def test_on_an_empty_machine_every_font_is_missing(empty_folder):
    assert [font.file for font in fonts.missing()] == [
        "FandolFang-Regular.otf",
        "FandolSong-Regular.otf",
        "FandolSong-Bold.otf",
        "FandolHei-Regular.otf",
        "FandolHei-Bold.otf",
        "FandolKai-Regular.otf",
        "uming.ttc",
        "wqy-microhei.ttc",
    ]


def test_a_font_put_into_the_folder_by_hand_is_found(empty_folder):
    empty_folder.mkdir()
    (empty_folder / "wqy-microhei.ttc").write_bytes(b"")
    assert fonts.find(fonts.FONTS[-1]) == empty_folder / "wqy-microhei.ttc"


def test_without_apt_installing_says_which_files_to_copy_and_leaves_nothing(empty_folder, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    assert fonts.main(["install"]) == 1
    message = capsys.readouterr().err
    assert "apt-get is not on this machine: copy FandolFang-Regular.otf" in message
    assert not empty_folder.exists()


def test_a_package_apt_does_not_know_is_named(empty_folder, monkeypatch, tmp_path):
    config = tmp_path / "apt.conf"
    config.write_text(f'Dir::Etc "{tmp_path}/etc";\nDir::State::Lists "{tmp_path}/lists";\n')
    monkeypatch.setenv("APT_CONFIG", str(config))
    with pytest.raises(fonts.FontError, match="could not download texlive-lang-chinese"):
        fonts.install()
    assert not empty_folder.exists()


def test_the_script_runs_with_the_standard_library_alone(tmp_path):
    done = subprocess.run(
        [sys.executable, "-I", "-S", fonts.__file__, "status"],
        env={**os.environ, "BIANMIN_FONTS": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) >= len(fonts.FONTS)


@pytest.mark.pdf
def test_the_config_lets_only_the_named_families_through_at_one_weight():
    listed = subprocess.run(
        ["fc-list", ":", "family", "weight"],
        env={**os.environ, "FONTCONFIG_FILE": str(fonts.write_config())},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    families = {line.split(":")[0].split(",")[0] for line in listed}
    assert families <= {family for chain in fonts.FAMILIES.values() for family in chain}
    ours = sorted(line for line in listed if "Fandol" in line)
    assert ours == [
        "FandolFang,FandolFang R:weight=80",
        "FandolHei Bold:weight=80",
        "FandolHei:weight=80",
        "FandolKai:weight=80",
        "FandolSong Bold:weight=80",
        "FandolSong:weight=80",
    ]
