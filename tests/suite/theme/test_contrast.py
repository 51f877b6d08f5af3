"""Design section 11: body text at least 7:1, everything else at least 4.5:1, in daylight and in the dark."""

import re
from pathlib import Path

import pytest

import suite.theme

CSS = Path(suite.theme.__file__).parent / "static" / "theme"
PAPERS = ("paper", "sunk")


def token_sets():
    """The colours of tokens.css: {"light": {...}, "dark": {...}}."""
    css = (CSS / "tokens.css").read_text()
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    colours = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
    return {"light": dict(colours.findall(light)), "dark": dict(colours.findall(dark))}


def luminance(colour):
    """Relative luminance of WCAG 2 of a colour like #0b5d5e."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_what_the_standard_gives():
    assert round(contrast("#ffffff", "#000000"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_both_sets_name_the_same_colours():
    sets = token_sets()
    assert sorted(sets["light"]) == sorted(sets["dark"])


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("paper", [*PAPERS, "mark"])
def test_body_text_has_seven_to_one(mode, paper):
    colours = token_sets()[mode]
    assert contrast(colours["ink"], colours[paper]) >= 7


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("colour", ["muted", "qing", "zhu", "amber", "green", "edge"])
def test_everything_else_has_four_and_a_half_to_one(mode, paper, colour):
    colours = token_sets()[mode]
    assert contrast(colours[colour], colours[paper]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_words_on_the_main_button_have_seven_to_one(mode):
    colours = token_sets()[mode]
    assert contrast(colours["on-qing"], colours["qing"]) >= 7


def test_no_other_sheet_has_a_colour_of_its_own():
    """Print is black on white and has its own; everything else refers to the tokens tested here."""
    strays = {
        sheet.name: re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text())
        for sheet in CSS.glob("*.css")
        if sheet.name not in ("tokens.css", "print.css")
    }
    assert {name: found for name, found in strays.items() if found} == {}


def test_every_token_used_is_defined():
    css = "".join(sheet.read_text() for sheet in sorted(CSS.glob("*.css")))
    assert sorted(set(re.findall(r"var\(--([\w-]+)\)", css)) - set(re.findall(r"--([\w-]+):", css))) == []
