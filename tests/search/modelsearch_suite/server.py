"""Like backend.py, with what the library tests of a server on top; nothing is left out."""

from django.conf import settings
from django.test import TestCase
from modelsearch.test.testapp import models
from modelsearch.tests.elasticsearch_common_tests import ElasticsearchCommonSearchBackendTests
from modelsearch.tests.test_backends import BackendTests


class TestServer(ElasticsearchCommonSearchBackendTests, TestCase):
    backend_path = settings.MODELSEARCH_BACKENDS["default"]["BACKEND"]

    # Two tests that the library's own backends for servers do not pass, and that it skips or expects to fail for them.

    def test_reset_indexes(self):
        self.backend.reset_indexes()
        assert self.backend.search("JavaScript", models.Book).count() == 0

    def test_order_by_expression(self):
        BackendTests.test_order_by_expression(self)
