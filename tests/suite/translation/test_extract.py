import pytest

from suite.translation.extract import messages


@pytest.fixture
def app(tmp_path):
    """A folder into which a test writes an app's files by their path."""

    def write(path, text):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def ids(folder, domain="django"):
    return {(message.id, message.context) for message in messages(folder, domain) if message.id}


def test_python_is_read_through_every_name_of_gettext(app):
    folder = app(
        "models.py",
        "_('one')\ngettext('two')\ngettext_lazy('three')\nngettext_lazy('day', 'days', 2)\n"
        "pgettext_lazy('month', 'May')\nnpgettext('file', 'page', 'pages', 2)\nother('four')\n",
    )
    assert ids(folder) == {
        ("one", None),
        ("two", None),
        ("three", None),
        (("day", "days"), None),
        ("May", "month"),
        (("page", "pages"), "file"),
    }


def test_templates_are_read_whatever_their_indentation(app):
    folder = app(
        "templates/app/page.html",
        "{% load i18n %}\n    <p>{% translate 'Save' %}\n  {% trans 'May' context 'month' %}</p>\n"
        "{% blocktranslate trimmed count n=n %}\n   One\n  page\n{% plural %}{{ n }} pages{% endblocktranslate %}\n"
        "{{ value|default:_('None') }}",
    )
    assert ids(folder) == {("Save", None), ("May", "month"), (("One page", "%(n)s pages"), None), ("None", None)}


def test_scripts_have_their_own_domain(app):
    folder = app("static/app/draft.js", "const word = gettext('Saved');")
    app("static/app/library.min.js", "gettext('Not ours')")
    assert (ids(folder), ids(folder, "djangojs")) == (set(), {("Saved", None)})


def test_an_app_inside_an_app_speaks_for_itself(app):
    folder = app("models.py", "_('outside')")
    app("clock/apps.py", "_('inside')")
    assert ids(folder) == {("outside", None)}


def test_tests_and_migrations_are_not_asked(app):
    folder = app("migrations/0001_initial.py", "_('old')")
    app("tests/test_models.py", "_('tried')")
    assert ids(folder) == set()


def test_one_file_can_be_read_alone(app):
    app("models.py", "_('other')")
    file = app("filters.py", "_('Any date')") / "filters.py"
    assert ids(file) == {("Any date", None)}
