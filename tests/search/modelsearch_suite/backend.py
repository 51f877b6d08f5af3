"""Collected by Django's runner in a process of its own, never by pytest (tests/search/conftest.py)."""

from django.conf import settings
from django.test import TestCase
from modelsearch.test.testapp import models
from modelsearch.tests.test_backends import BackendTests


class TestBackend(BackendTests, TestCase):
    backend_path = settings.MODELSEARCH_BACKENDS["default"]["BACKEND"]

    def test_reset_indexes(self):
        self.backend.reset_indexes()
        assert self.backend.search("JavaScript", models.Book).count() == 0
