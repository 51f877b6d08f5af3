from types import SimpleNamespace

from wagtail import hooks

from suite.background.checks import check_background_work


def test_work_that_nobody_would_do_stops_the_site(count_model):
    (error,) = check_background_work(None)
    assert (error.id, error.msg) == ("background.E002", "background.Count has 0 jobs.")


def test_two_plugins_cannot_do_the_same_work(counting):
    assert check_background_work(None) == []
    with hooks.register_temporarily("background_work", lambda: [counting.job]):
        (error,) = check_background_work(None)
    assert (error.id, error.msg) == ("background.E002", "background.Count has 2 jobs.")


def test_work_needs_a_state_to_be_at_work_in(counting, monkeypatch):
    monkeypatch.setattr(counting.model, "at_work", ())
    assert [error.id for error in check_background_work(None)] == ["background.E001"]


def test_a_job_of_another_kind_of_model_is_nobodys_business(counting):
    with hooks.register_temporarily("background_work", lambda: [SimpleNamespace(model=object)]):
        assert check_background_work(None) == []
