"""Which address counts, with a proxy before the site and without."""

import pytest

from suite.throttle.addresses import client_address


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, 10.0.0.9", "203.0.113.7"),
        ("", "10.0.0.1"),
        ("nonsense", "10.0.0.1"),
        ("10.0.0.3", "10.0.0.3"),
    ],
)
def test_behind_a_trusted_proxy_it_is_the_last_address_that_is_no_proxy(rf, settings, told, address):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert client_address(rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=told)) == address


def test_from_anybody_else_the_header_is_worth_nothing(rf, settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    request = rf.get("/", REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert client_address(request) == "203.0.113.7"


def test_without_the_setting_nobody_is_believed(rf):
    assert client_address(rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.7")) == "10.0.0.1"
