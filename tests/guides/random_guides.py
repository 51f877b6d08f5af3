"""Guides made up by Hypothesis, each element there or not."""

import datetime
import string

from django.utils.html import escape
from hypothesis import strategies as st

from .conftest import complete, material, question, step

words = st.text(
    st.sampled_from("低保申请＝=+-@#1０，。“”（）& <>'\"_\n" + string.ascii_letters), min_size=1, max_size=25
).map(lambda text: " ".join(text.split()))
some = words.filter(bool)
maybe = st.one_of(st.just(""), some)
limits = st.one_of(st.none(), st.integers(1, 730))
units = st.sampled_from(["working", "natural"])
only_for = st.sampled_from(["", "1A", "1A 2B"])
days = st.one_of(st.none(), st.dates(datetime.date(2000, 1, 1), datetime.date(2060, 1, 1)))
ways = st.lists(st.tuples(some, st.sampled_from("0123")), max_size=4)
materials = st.builds(
    material,
    some,
    originals=st.integers(0, 20),
    copies=st.integers(0, 20),
    form=st.sampled_from(["paper", "electronic", "either"]),
    source=st.sampled_from(["applicant", "authority", "shared", "other"]),
    required=st.booleans(),
    deferrable=st.booleans(),
    note=maybe,
    only_for=only_for,
)
steps = st.builds(
    step,
    some,
    st.one_of(st.none(), st.integers(0, 365)),
    post=some,
    action=maybe,
    ways=ways,
    unit=units,
    only_for=only_for,
)
questions = st.tuples(some, st.lists(some, min_size=2, max_size=5)).map(lambda asked: question(asked[0], *asked[1]))
basis = st.tuples(some, maybe).map(
    lambda law: {"type": "basis", "value": {"title": law[0], "article": law[1], "page": None}}
)
answers = st.tuples(some, some).map(lambda told: {"type": "answer", "value": {"question": told[0], "answer": told[1]}})
conditions = st.lists(some, max_size=3).map(lambda lines: "".join(f"<p>{escape(line)}</p>" for line in lines))
guides = st.builds(
    complete,
    title=some,
    summary=maybe,
    item_code=maybe,
    item_kind=st.sampled_from(["", "licence", "benefit", "service"]),
    case_kind=st.sampled_from(["", "instant", "promised", "agency"]),
    level=st.sampled_from(["", "first"]),
    audience=st.sampled_from(["", "person", "both"]),
    conditions=conditions,
    materials=st.lists(materials, max_size=4),
    no_materials=st.booleans(),
    questions=st.lists(questions, max_size=3),
    steps=st.lists(steps, max_size=4),
    statutory_limit=limits,
    statutory_unit=units,
    promised_limit=limits,
    promised_unit=units,
    no_statutory_limit=st.booleans(),
    at_window=st.booleans(),
    by_agent=st.booleans(),
    online=st.sampled_from(["", "https://www.example.gov.cn/a?b=1&c=2"]),
    visits=st.one_of(st.none(), st.integers(0, 9)),
    visits_reason=maybe,
    scope=maybe,
    contact_phone=st.sampled_from(["", "12345", "0571-8812 0311"]),
    result_name=maybe,
    fee=maybe,
    fee_basis=maybe,
    basis=st.lists(basis, max_size=3),
    remedies=maybe,
    answers=st.lists(answers, max_size=3),
    valid_from=days,
    valid_until=days,
)
