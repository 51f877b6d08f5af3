"""A form of the tests' own, whole and small: rows that can be added, a draft in memory. `urlpatterns` serve it."""

from types import SimpleNamespace

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

from suite.autosave import answers
from suite.autosave.domain import Conflict, accept

PAGE = """{% extends "base.html" %}{% load static %}
{% block title %}承诺{% endblock %}
{% block extra_css %}<link rel="stylesheet" href="{% static 'autosave/autosave.css' %}">{% endblock %}
{% block content %}
<form method="post" action="/kept/" autocomplete="off"
    data-autosave="test.1" data-version="{{ draft.version }}" data-news="/kept/news/">
    {% csrf_token %}<input type="hidden" name="version" value="{{ draft.version }}">
    {% include "autosave/state.html" %}
    <p>{{ refused }}</p>
    <p class="field"><label for="unit">单位</label><select name="unit" id="unit"><option></option>
        {% for unit in units %}<option {% if unit == chosen %}selected{% endif %}>{{ unit }}</option>{% endfor %}
        </select></p>
    <div data-rows="rows" data-most="4">{% for row in rows %}{% include row_template %}{% endfor %}</div>
    <template data-row-template="rows">{% include row_template with row=empty %}</template>
    <p class="actions">
        <button type="button" data-add-row="rows" data-with-script hidden>加一项</button>
        <button type="button" data-undo-row="rows" data-with-script hidden>恢复</button>
        <button data-without-script>保存</button>
        <button name="file" value="1" class="button-primary">提交</button>
    </p>
</form>
{% include "autosave/conflict_box.html" %}
{% endblock %}
{% block extra_js %}{% include "autosave/scripts.html" %}{% endblock %}"""

ROW = """<fieldset data-row><legend>第<span data-row-number>{{ row.number }}</span>项</legend>
    <p><label for="id_rows-{{ row.index }}-work">工作</label>
        <textarea name="rows-{{ row.index }}-work" id="id_rows-{{ row.index }}-work">{{ row.work }}</textarea></p>
    <p><label for="id_rows-{{ row.index }}-due">期限</label>
        <input type="date" name="rows-{{ row.index }}-due" id="id_rows-{{ row.index }}-due" value="{{ row.due }}"></p>
    <p><label><input type="checkbox" name="rows-{{ row.index }}-open"
        {% if row.open %}checked{% endif %}> 公开</label></p>
    <button type="button" data-move-row="up" data-with-script hidden>上移</button>
    <button type="button" data-remove-row data-with-script hidden>去掉</button>
</fieldset>"""

UNITS = ("党政办", "农业站")


class Kept:
    """What the server holds: the draft and what was filed of it."""

    def __init__(self):
        self.draft = SimpleNamespace(version=0, writer="", turn=0, saved_at=None)
        self.values, self.filed = {}, []

    def written(self, sent, values):
        accept(self.draft, *sent)
        self.values = values


kept = Kept()


def row(index, values):
    return {
        "index": index, "number": index + 1 if isinstance(index, int) else "",
        **{name: values.get(f"rows-{index}-{name}", [""])[0] for name in ("work", "due", "open")},
    }  # fmt: skip


def show(request, refused="", status=200):
    values = kept.values
    count = max([1, *(int(name.split("-")[1]) for name in values if name.startswith("rows-"))]) + 1
    django = engines["django"]
    context = {
        "draft": kept.draft, "rows": [row(index, values) for index in range(count)], "empty": row("__prefix__", {}),
        "units": UNITS, "chosen": values.get("unit", [""])[0], "refused": refused,
        "row_template": django.from_string(ROW).template,
    }  # fmt: skip
    return HttpResponse(django.from_string(PAGE).render(context, request), status=status)


def form(request):
    if request.method == "GET":
        return show(request)
    values = answers.fields_of(request.POST)
    filed = values.pop("file", None)
    try:
        if any("天天" in value for one in values.values() for value in one):
            raise ValidationError("“天天”不是可以衡量的目标。")
        kept.written(answers.sent(request), values)
    except Conflict:
        labels = {"unit": "单位", "rows-0-work": "第1项工作", "rows-1-work": "第2项工作"}
        return answers.conflict(request, kept.draft.version, kept.values, labels, lambda name, value: f"{value}。")
    except ValidationError as refusal:
        return answers.refused(refusal) if answers.wants_json(request) else show(request, refusal.messages[0], 422)
    if filed:
        kept.filed.append(values)
    if answers.wants_json(request):
        return answers.saved(kept.draft.version)
    return redirect("/kept/filed/" if filed else "/kept/")


def news(request):
    return answers.news(request, kept.draft.version)


def thanks(request):
    return HttpResponse("<h1>已提交</h1>")


urlpatterns = [
    path("kept/", form),
    path("kept/news/", news),
    path("kept/filed/", thanks),
    path("", include("config.urls")),
]
