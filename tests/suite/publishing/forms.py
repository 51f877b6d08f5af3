"""What a browser posts from the admin's form of a poster."""

import json

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield


def poster_form(title="停水通知", button=None, slug="", intro="", body=(), rows=(), **fields):
    """The form's fields, pressed `button` (e.g. "submit") included; ``body`` pairs of block type and form data."""
    data = nested_form_data(
        {
            "title": title,
            "slug": slug,
            "seo_title": "",
            "search_description": "",
            "go_live_at": "",
            "expire_at": "",
            "intro": rich_text(intro or "<p></p>"),
            "body": streamfield(list(body)),
            "attachment": "",
            "rows": inline_formset([{"text": text} for text in rows]),
            "comments": inline_formset([]),
            **fields,
        }
    )
    if button:
        data[f"action-{button}"] = "1"
    return data


def decide(action, comment="", **form):
    """Press a stage's button in the edit form."""
    data = poster_form(**form)
    data["action-workflow-action"] = "1"
    data["workflow-action-name"] = action
    data["workflow-action-extra-data"] = json.dumps({"comment": comment})
    return data
