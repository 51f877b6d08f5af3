"""pip's settings for uv."""

import pytest

from bootstrap.registry import uv_environment

# What `pip config list` prints: variables first, then the files' settings in the order of the alphabet.
PIP = """:env:.cert='/etc/ssl/office.pem'
:env:.default-timeout='180'
global.cert='/etc/ssl/certs/ca-certificates.crt'
global.extra-index-url='https://more.example/simple'
global.index-url='https://mirror.example/simple'
list.format='json'"""


def test_uv_asks_the_registry_that_pip_was_told_to_ask():
    assert uv_environment(PIP, {}) == {
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "SSL_CERT_FILE": "/etc/ssl/office.pem",
        "UV_HTTP_TIMEOUT": "180",
    }


def test_a_variable_weighs_more_than_a_file():
    settings = ":env:.index-url='https://here.example/simple'\n" + PIP.partition("\n")[2]
    assert uv_environment(settings, {})["UV_DEFAULT_INDEX"] == "https://here.example/simple"


@pytest.mark.parametrize("name", ["UV_DEFAULT_INDEX", "UV_INDEX_URL"])
def test_what_uv_was_told_itself_stays(name):
    assert uv_environment("global.index-url='https://mirror.example/simple'", {name: "https://own.example"}) == {}


def test_without_settings_uv_has_its_own_ways():
    assert uv_environment("", {}) == {}
