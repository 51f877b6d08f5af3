"""publiccode.yml keeps to its standard (https://github.com/publiccodeyml/publiccode.yml, version 0)."""

import pytest
import yaml
from django.conf import settings

from .conftest import ROOT

REQUIRED = {
    "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal",
    "maintenance", "localisation",
}  # fmt: skip


@pytest.fixture(scope="module")
def published():
    return yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def test_every_required_key_is_there(published):
    assert REQUIRED - published.keys() == set()
    assert published["legal"]["license"] == "AGPL-3.0-or-later"
    assert published["maintenance"]["type"] == "community"
    assert published["maintenance"]["contacts"][0]["name"]
    assert published["localisation"]["localisationReady"] is True


def test_its_languages_are_the_sites_and_its_descriptions_keep_within_the_standards_lengths(published):
    spoken = [code.lower() for code in published["localisation"]["availableLanguages"]]
    assert spoken == [code for code, _name in settings.LANGUAGES]
    assert published["description"].keys() == {"en", "zh-Hans"}
    for text in published["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_the_licence_is_the_one_it_names(published):
    assert (ROOT / "LICENSE").read_text().startswith("GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3, 19 November 2007")
