# ruff: noqa: E501 (running text)
"""The editor's list of files that can't be searched: why, on which pages, what to do, try again."""

import re
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission

from search.attachments import viewsets
from search.attachments.models import FileText
from search.attachments.outcomes import ADVICE, Outcome
from suite.roles.domain import group

from . import files

pytestmark = pytest.mark.django_db

REASONS = {
    Outcome.PERSONAL: "含有个人号码 文件里有个人的身份证号、手机号或银行账号，下载的人都能看到；搜索结果里已经遮盖。请在原件上涂掉，重新生成文件后上传。",
    Outcome.PARTLY: "只能搜到开头部分 文件太长，只有开头部分能搜到。后面的内容如果也要能搜到，请拆成几个文件。",
    Outcome.PASSWORD: "有密码保护 请去掉密码，保存后重新上传。",
    Outcome.SCAN: "只有图片，没有文字 页面是图片，像是扫描件，里面没有文字。请上传打印时用的原文件，或者用能识别文字（OCR）的扫描仪重新扫描。",
    Outcome.GARBLED: "文字无法辨认 文件里的字体没有注明各是什么字，读出来是乱码。请用 Word 或 WPS 重新生成 PDF（嵌入字体）后再上传。",
    Outcome.BROKEN: "文件已损坏 请打开文件，重新保存（或打印成 PDF）后再上传。",
    Outcome.WRONG_KIND: "文件内容与扩展名不符 文件名看上去是 PDF 或 Word 文件，内容却不是。请在制作它的软件里另存为 PDF 或 DOCX，只改文件名不行。",
    Outcome.OLD_WORD: "旧版 Word 文件 请用 Word 或 WPS 打开，另存为 .docx 后重新上传。",
    Outcome.SUSPICIOUS: "含有可疑内容 文件里有 Word 文件不会有的定义，没有读取。请问清来历，或者把文字另存为一个新文件。",
    Outcome.TOO_BIG: "文件太大 文件超出能读取的大小。请压缩其中的图片或拆成几个文件，再重新上传。",
    Outcome.UNPACKS: "解压后太大 文件解压后远远超过正常文件的大小，没有读取。请问清来历。",
    Outcome.MEMORY: "占用内存太多 请重新保存文件（或打印成 PDF），或者拆成几个文件，再上传。",
    Outcome.TOO_SLOW: "读取时间太长 请重新保存文件（或打印成 PDF），或者拆成几个文件，再上传。",
    Outcome.STOPPED: "读取中断 请再试一次；如果还是中断，请重新保存文件（或打印成 PDF）后再上传。",
    Outcome.MISSING: "文件不见了 服务器上已经没有这个文件了，请重新上传。",
}


@pytest.fixture
def editor(client):
    """An account of the editorial office, logged in."""
    user = get_user_model().objects.create_user("editor", password="x")
    user.groups.add(group("editor"))
    client.force_login(user)
    return user


@pytest.fixture
def lines(client, editor):
    """lines(): the entries of the list, each as its text."""

    def get():
        response = client.get(reverse("search_files:index"))
        assert response.status_code == 200
        get.html = response.content.decode()
        listed = get.html.partition('<ul class="search-files">')[2].partition("</main>")[0]
        entries = [
            re.split(r"</form>|</ul>\s*(?:<nav|</div>)", entry)[0] for entry in re.split(r"<li>\s*<h2>", listed)[1:]
        ]
        return [" ".join(unescape(re.sub(r"<[^>]+>", " ", entry)).split()) for entry in entries]

    return get


def test_every_reason_is_told_in_chinese(upload, lines):
    assert set(REASONS) == set(Outcome) - {Outcome.WAITING, Outcome.READ}
    assert set(REASONS) == set(ADVICE)
    documents = {outcome: upload(b"x", f"{outcome}.pdf", str(outcome)) for outcome in REASONS}
    for outcome, document in documents.items():
        FileText.objects.filter(pk=document.pk).update(outcome=outcome)
    told = lines()
    assert len(told) == len(REASONS)
    for outcome, text in REASONS.items():
        (line,) = [line for line in told if line.startswith(f"{outcome} ")]
        again = "" if outcome in (Outcome.PARTLY, Outcome.PERSONAL) else " 再试一次"
        assert (
            line.split(".pdf ", 1)[1].removesuffix(" </ul>").startswith(f"{text} 没有页面用到这个文件。{again}".strip())
        )


def test_an_unreadable_file_is_listed_with_its_pages_and_links(upload, poster, lines):
    document = upload(files.scanned_pdf(), "scan.pdf", "红头文件扫描件")
    page = poster("通知", attachment=document)
    draft = poster("草稿", live=False, attachment=document)
    (line,) = lines()
    assert line.startswith("红头文件扫描件 scan")
    assert line.endswith("用在这些页面上： 通知 草稿 （未发布） 再试一次")
    for address in (
        reverse("wagtaildocs:edit", args=[document.pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:edit", args=[draft.pk]),
    ):
        assert f'href="{address}"' in lines.html


def test_of_a_long_file_the_pages_that_are_searched_are_named(upload, lines):
    upload(files.pdf(["低保"] * 2001), title="汇编")
    (line,) = lines()
    assert "只能搜到开头部分 （共 2001 页，只读了第 1 至 2000 页）" in line


def test_what_is_on_published_pages_comes_first(upload, poster, lines):
    first = upload(b"a", "a.pdf", "甲")
    upload(b"b", "b.pdf", "乙")
    upload(b"c", "c.pdf", "丙")
    poster("通知", attachment=first)
    assert [line[0] for line in lines()] == ["甲", "丙", "乙"]


def test_the_list_counts_what_is_searched_and_what_waits(upload, lines, client):
    upload(files.pdf(["低保须知"]))
    waiting = upload(files.pdf(["另一份"]), "b.pdf")
    FileText.objects.filter(pk=waiting.pk).update(outcome="")
    assert lines() == []
    text = " ".join(re.sub(r"<[^>]+>", " ", lines.html).split())
    assert "1 个 PDF 和 Word 文件能搜到内容。 还有 1 个等待读取。" in text
    assert "全部文件都能搜到内容，这里没有要处理的。" in text


def test_try_again_reads_the_file_anew(upload, lines, client):
    document = upload(files.pdf(["低保须知"]))
    FileText.objects.update(outcome=Outcome.STOPPED, text="", tries=3)
    response = client.post(reverse("search_files:again", args=[document.pk]), follow=True)
    assert "正在重新读取“申请表”，请过一会儿再来看。" in response.content.decode()
    assert FileText.objects.values_list("outcome", "text").get() == ("read", "低保须知")


def test_try_again_is_no_link(upload, client, editor):
    document = upload(b"x")
    assert client.get(reverse("search_files:again", args=[document.pk])).status_code == 405


def test_a_long_list_has_pages(upload, lines, client, monkeypatch):
    monkeypatch.setattr(viewsets, "PER_PAGE", 2)
    for name in "甲乙丙":
        upload(b"x", f"{ord(name)}.pdf", name)
    assert [line[0] for line in lines()] == ["丙", "乙"]
    assert "甲" in client.get(reverse("search_files:index") + "?p=2").content.decode()


def test_only_who_may_change_files_sees_the_list(client, upload):
    document = upload(b"x")
    user = get_user_model().objects.create_user("clerk", password="x")
    user.groups.add(group("window_clerk"))
    client.force_login(user)
    assert client.get(reverse("search_files:index")).status_code in (302, 403)
    assert client.post(reverse("search_files:again", args=[document.pk])).status_code in (302, 403)
    assert FileText.objects.get().outcome == Outcome.WRONG_KIND


def test_files_of_collections_that_somebody_may_not_change_are_not_listed(upload, lines, client, editor):
    apart = Collection.get_first_root_node().add_child(name="人事")
    hidden = upload(b"x", "hidden.pdf", "别人的", collection=apart)
    GroupCollectionPermission.objects.filter(group__in=editor.groups.all()).update(
        collection=Collection.get_first_root_node().add_child(name="办公室")
    )
    for permission in GroupCollectionPermission.objects.all():
        permission.collection = Collection.objects.get(name="办公室")
        permission.save()
    mine = upload(b"y", "mine.pdf", "我的", collection=Collection.objects.get(name="办公室"))
    assert [line[:2] for line in lines()] == ["我的"]
    assert client.post(reverse("search_files:again", args=[hidden.pk])).status_code == 404
    assert client.post(reverse("search_files:again", args=[mine.pk])).status_code == 302


def test_a_full_list_costs_few_queries(upload, poster, django_assert_max_num_queries, rf, editor):
    document = upload(b"x")
    poster("通知", attachment=document)
    FileText.objects.all().delete()
    for number in range(25):
        other = upload(b"x", f"{number}.txt")
        FileText.objects.create(document=other, outcome=Outcome.SCAN, asked_at=timezone.now(), stored_as="x")
    request = rf.get("/")
    request.user = editor
    view = viewsets.FilesView()
    view.setup(request)
    with django_assert_max_num_queries(12):
        assert len(view.get_context_data()["rows"]) == 25
