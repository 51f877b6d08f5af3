import pytest
from django.conf import settings
from PIL import Image

from printing.domain.plates import PostPlate, door_plate_sheet, post_plate_sheet
from printing.domain.rendering import PrintingUnavailable, render, render_pdf
from tests.printing.paper import MM, pages

LONGEST = "阿卜杜热西提·麦麦提吐尔孙江托合提汗古丽"
DUTIES = "受理来电来访，一次性告知所需材料\n接件登记，当场出具受理单\n\n催办到期事项"


def posts(*plates, **given):
    return post_plate_sheet(plates, **{"title": "岗位牌", "issuer": "石桥镇人民政府", **given})


def words(page):
    return "".join(one["text"] for one in page.chars)


def size_of(page, text):
    whole = words(page)
    return page.chars[whole.index(text)]["size"]


@pytest.mark.pdf
def test_a_door_plate_says_where_one_stands_and_whom_to_call():
    sheet = door_plate_sheet(
        unit="党政办公室",
        issuer="石桥镇人民政府",
        place="办公楼201室",
        phone="0575-88120101",
        hours="周一至周五 8:30—17:30",
        supervision_phone="0575-88120345",
    )
    (page,) = pages(render_pdf(sheet))
    assert (round(page.width * MM), round(page.height * MM)) == (297, 210)
    assert words(page) == (
        "石桥镇人民政府党政办公室地点办公楼201室电话0575-88120101办公时间周一至周五 8:30—17:30监督电话0575-88120345"
    )
    assert size_of(page, "党政") == max(one["size"] for one in page.chars)
    assert size_of(page, "党政") > 100


@pytest.mark.pdf
@pytest.mark.parametrize("unit", ["站", "退役军人服务站和应急管理综合服务中心", "办" * 80])
def test_a_units_name_of_any_length_stays_on_its_plate(unit):
    (page,) = pages(render_pdf(door_plate_sheet(unit=unit, phone="0575-88120101")))
    assert words(page).startswith(unit)
    for one in page.chars:
        assert one["x0"] * MM >= 10
        assert one["x1"] * MM <= 287
        assert one["bottom"] * MM <= 200


@pytest.mark.pdf
def test_what_is_not_known_leaves_nothing_on_a_door():
    (page,) = pages(render_pdf(door_plate_sheet(unit="党政办公室")))
    assert words(page) == "党政办公室"


@pytest.mark.pdf
def test_a_post_plate_says_who_does_what_and_whom_to_call():
    sheet = posts(
        PostPlate("王强", "窗口负责人", "便民服务受理室", DUTIES, "0575-88120301"), supervision_phone="0575-88120345"
    )
    (page,) = pages(render_pdf(sheet))
    whole = words(page)
    for part in ("石桥镇人民政府便民服务受理室", "王　强窗口负责人", "接件登记，当场出具受理单", "催办到期事项"):
        assert part in whole
    assert "电话　0575-88120301监督电话　0575-88120345" in whole
    assert page.images == []


@pytest.mark.pdf
def test_the_photo_stands_beside_the_name_and_leaves_it_whole():
    place = settings.MEDIA_ROOT / "images" / "face.jpg"
    place.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (300, 400), "gray").save(place)
    sheet = posts(PostPlate(LONGEST, "代办员", photo="/media/images/face.jpg", duties=DUTIES))
    (page,) = pages(render_pdf(sheet))
    (photo,) = page.images
    name = [one for one in page.chars if one["size"] == size_of(page, "阿卜")]
    assert "".join(one["text"] for one in name) == LONGEST
    assert len({round(one["top"]) for one in name}) == 1
    assert min(one["x0"] for one in name) > photo["x1"]
    assert max(one["x1"] for one in name) * MM <= 281


@pytest.mark.pdf
def test_a_broken_photo_is_named_and_the_plate_is_printed_all_the_same():
    place = settings.MEDIA_ROOT / "images" / "broken-face.jpg"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"no picture")
    rendered = render(posts(PostPlate("王强", "代办员", photo="/media/images/broken-face.jpg")))
    assert [warning for warning in rendered.warnings if "broken-face.jpg" in warning]
    assert "王　强" in words(pages(rendered.content)[0])


@pytest.mark.pdf
def test_each_post_has_a_sheet_of_its_own():
    found = pages(render_pdf(posts(PostPlate("王强", "站长"), PostPlate("李", "队员"), PostPlate("赵䶮", "队员"))))
    assert ["王　强" in words(found[0]), "李队员" in words(found[1]), "赵　䶮" in words(found[2])] == [True] * 3
    assert len(found) == 3


@pytest.mark.pdf
def test_duties_of_the_most_length_stay_on_the_plate():
    (page,) = pages(render_pdf(posts(PostPlate("王强", "站长", "服务站", "职责内容说明" * 55, "0575-88120301"))))
    assert words(page).count("职责内容说明") == 55
    assert max(one["bottom"] for one in page.chars) * MM <= 200
    body = [one for one in page.chars if one["text"] == "职"]
    phone = next(one for one in page.chars if one["text"] == "0")
    assert max(one["bottom"] for one in body) < phone["top"]


def test_duties_that_do_not_fit_are_refused_with_the_posts_name():
    with pytest.raises(PrintingUnavailable) as refusal:
        posts(PostPlate("王强", "站长", "上塘村服务站", "职责内容说明" * 90))
    assert refusal.value.messages == [
        "岗位“上塘村服务站 站长”的职责太长，岗位牌放不下。请在岗位清单中缩短到340字以内。"
    ]


def test_plates_for_nobody_are_refused_by_name():
    with pytest.raises(PrintingUnavailable) as refusal:
        posts(title="岗位牌：民政服务队")
    assert refusal.value.messages == ["“岗位牌：民政服务队”：今天没有人在此任职。"]
