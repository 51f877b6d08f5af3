"""Fields for files and links."""

from django.utils.datastructures import MultiValueDict

from suite.evidence import Link
from suite.evidence.forms import EvidenceForm
from tests.suite.evidence.files import PDF, picture, upload


def form(files=(), links=""):
    return EvidenceForm({"evidence_links": links}, MultiValueDict({"evidence_files": list(files)}))


def test_several_files_and_links_at_once():
    files = [upload("灯.png", picture()), upload("a.pdf")]
    sent = form(files, " /desk/ 我的 办公桌\n\nhttps://www.zj.gov.cn/\r\n")
    assert sent.is_valid(), sent.errors
    assert sent.cleaned_data["evidence_files"] == files
    assert sent.cleaned_data["evidence_links"] == [Link("/desk/", "我的 办公桌"), Link("https://www.zj.gov.cn/")]
    assert files[1].read() == PDF


def test_none_are_wanted_unless_the_plugin_says_so():
    sent = form()
    assert (sent.is_valid(), sent.cleaned_data) == (True, {"evidence_files": [], "evidence_links": []})
    sent = form()
    sent.fields["evidence_files"].required = sent.fields["evidence_links"].required = True
    assert dict(sent.errors) == {"evidence_files": ["此项必填。"], "evidence_links": ["此项必填。"]}


def test_every_file_and_link_that_is_refused_is_named():
    files = [upload("好.pdf"), upload("坏.png", b"MZ"), upload("空.pdf", b"")]
    assert dict(form(files, "ftp://a\n/desk/\nhttp://b").errors) == {
        "evidence_files": [
            "“坏.png”的内容和文件名不符：请重新保存后再添加。",
            "“空.pdf”是空文件：请重新保存后再添加。",
        ],
        "evidence_links": [
            "“ftp://a”不能用作链接：请填本站以 / 开头的网址，或者以 https:// 开头的网址。",
            "“http://b”不能用作链接：请填本站以 / 开头的网址，或者以 https:// 开头的网址。",
        ],
    }


def test_too_many_files_are_refused_before_one_is_looked_at():
    files = [upload("坏.png", b"MZ")] * 21
    assert dict(form(files).errors) == {"evidence_files": ["图片和文件最多添加20个。"]}


def test_the_field_takes_several_files_and_names_the_kinds_of_pictures():
    html = str(form()["evidence_files"])
    assert (" multiple" in html, 'type="file"' in html, "image/jpeg" in html) == (True, True, True)
