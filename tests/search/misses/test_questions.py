"""What of a question may be kept."""

import pytest

from search.misses.questions import kept_form


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  困难户   补助？", "困难户 补助"),
        ("ＷＩＦＩ密码", "wifi密码"),
        ("殘疾證丟了怎麼辦", "残疾证丢了怎么办"),
        ("国发〔2014〕17号", "国发〔2014〕17号"),
        ("12345热线", "12345热线"),
        ("2026年11月22日停水", "2026年11月22日停水"),
        ("王书记电话", "王书记电话"),
        ("石桥镇飞机票", "石桥镇飞机票"),
        ("长" * 60, "长" * 60),
    ],
)
def test_a_question_is_kept_in_one_form(typed, kept):
    assert kept_form(typed) == kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002X",
        "11010519491231002x低保",
        "查 110105194912310021",  # its check digit is wrong
        "１１０１０５１９４９１２３１００２１",
        "13812345678",
        "138 1234 5678 是谁",
        "一三八一二三四五六七八",
        "0873-2201234",
        "6222021234567890123",
        "62220212 34567890",
        "qq 1234567",
        "云A12345",
        "云G·D12345怎么年检",
        "zhang@example.com",
        "zhang＠example.com",
        "张建国低保",
        "陈小明",
        "孩子叫王梓涵上户口",
        "王桂花医保",
        "欧阳娜娜户口",
        "阿依古丽",
    ],
)
def test_nothing_is_kept_of_what_tells_who_somebody_is(typed):
    assert kept_form(typed) is None


@pytest.mark.django_db
def test_the_names_that_plugins_know_are_not_kept():
    from organisation.models import Person

    assert kept_form("高兴的电话") == "高兴的电话"
    Person.objects.create(name="高興")
    assert kept_form("高兴的电话") is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "？",
        "😀👨\u200d👩",
        "路",
        "长" * 61,
        "<script>",
        "' or 1=1; --",
        "../etc/passwd//",
        "${jndi:ldap}",
        "www.x.cn",
    ],
)
def test_what_no_villager_asks_is_not_kept(typed):
    assert kept_form(typed) is None


@pytest.mark.django_db
def test_a_word_of_the_office_is_no_name():
    from search.analysis.words import packaged_words
    from search.misses.names import people
    from search.models import OfficeWord

    assert people("苗阿布") == ["苗阿布"]
    OfficeWord.objects.create(word="苗阿布")
    assert people("苗阿布") == []
    assert [word for word in packaged_words() if people(word)] == []
