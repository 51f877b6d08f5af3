"""The sample township of the demo's tests, for those of the whole site."""

from tests.demo.conftest import built_township, township

__all__ = ["built_township", "township"]
