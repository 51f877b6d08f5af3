"""Sheets on a phone, without scripts: one tap makes small type large."""

import os
from pathlib import Path

import pytest

from suite.publishing.domain.lifecycle import approve, submit
from tests.browser import fits
from tests.training.materials.made import kept_slides

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [320, 1280])
def test_a_tap_enlarges_the_sheet_in_its_own_frame_and_another_one_brings_it_back(
    width, live_server, window, draft_material, editors
):
    draft = draft_material("防汛课件", kind="slides", audience="villagers", body=[], file=kept_slides(editors.editor))
    submit(draft, editors.editor)
    approve(draft, editors.checker)
    approve(draft, editors.approver)
    page = window(width=width, height=700, scripts=False)
    page.goto(f"/training/materials/{draft.pk}/1/")
    picture = page.locator(".material-sheet img")
    small = picture.bounding_box()
    assert small["width"] <= width
    page.get_by_text("放大", exact=True).click()
    large = picture.bounding_box()
    kept(page, f"large-{width}")
    assert large["width"] >= 1020
    # The page itself is no wider than before; the way back is in sight.
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="恢复到屏幕宽度").click()
    assert picture.bounding_box()["width"] == small["width"]
    fits(page)
    kept(page, f"small-{width}")


def kept(page, name):
    """A picture for whoever wants to look (MATERIAL_PICTURES names a folder)."""
    if folder := os.environ.get("MATERIAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
