"""Versions of guides: one for each publication that says something else."""

from guides.domain.versions import changes
from guides.enums import Version
from tests.guides.conftest import material


def publish_again(guide, publish, **changed):
    for name, value in changed.items():
        setattr(guide, name, value)
    guide.save_revision()
    return publish(guide)


def test_the_first_publication_is_version_one_and_changed_nothing(draft, publish):
    guide = publish(draft())
    assert [(one.number, one.changes) for one in guide.versions.all()] == [(1, [])]
    assert guide.version.elements["materials"][0]["name"] == "居民身份证"


def test_a_change_is_told_field_by_field_in_words(draft, publish):
    guide = publish(draft())
    guide = publish_again(
        guide,
        publish,
        promised_limit=15,
        fee="每证5元",
        fee_basis="省价费〔2019〕3号",
        steps=guide.steps.raw_data[:2],
        materials=[material(copies=2), material("收入证明")],
        conditions="<p>改</p>" * 40,
    )
    assert guide.version.number == 2
    assert guide.version.changes == [
        "受理条件：有改写",
        "申请材料：新增“收入证明”",
        "申请材料：取消“户口簿”",
        "申请材料：“居民身份证”有变动",
        "办理环节：取消“审核确认”",
        "承诺时限：由“20个工作日”改为“15个工作日”",
        "收费标准：由“不收费”改为“每证5元”",
        "收费依据：现为“省价费〔2019〕3号”",
    ]


def test_publishing_the_same_again_is_no_new_version(draft, publish):
    guide = publish(draft())
    guide = publish_again(guide, publish, show_in_menus=True)
    assert [one.number for one in guide.versions.all()] == [1]


def test_where_a_version_stands(draft, publish):
    guide = publish(draft())
    first = guide.version
    assert first.standing() == Version.CURRENT
    guide = publish_again(guide, publish, promised_limit=19)
    assert [one.standing() for one in guide.versions.all()] == [Version.CURRENT, Version.REPLACED]
    guide.unpublish()
    assert guide.versions.get(number=2).standing() == Version.ENDED


def test_another_order_is_told():
    assert changes(
        {"materials": [{"name": "甲"}, {"name": "乙"}]}, {"materials": [{"name": "乙"}, {"name": "甲"}]}
    ) == ["申请材料：调整了顺序"]
