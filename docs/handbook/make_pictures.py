"""Makes the handbook's pictures of papers from the sample township.

    BIANMIN_BASE_URL=https://shiqiao.example.cn PYTHONPATH=.:site .venv/bin/python docs/handbook/make_pictures.py

Needs a database with the sample township (`manage.py up --no-serve`) and pdftoppm (Debian: poppler-utils).
"""

import os
import subprocess
import tempfile
from pathlib import Path

PICTURES = Path(__file__).parent / "pictures"
# Picture, kind, title of the page it is made of, size, page of the PDF.
PAPERS = (
    ("notice", "notice", "关于2027年度城乡居民基本医疗保险集中缴费的公告", "", 1),
    ("poster", "notice-poster", "关于镇区自来水管网检修停水的公告", "a3", 1),
    ("guide", "guide", "最低生活保障审核确认", "", 1),
    ("one-time-notice", "one-time-notice", "最低生活保障审核确认", "", 1),
    ("guide-chart", "guide-chart", "最低生活保障审核确认", "a4", 1),
    ("booklet", "section-booklet", "通知公告", "", 2),
)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django

    django.setup()
    from PIL import Image
    from wagtail.models import Page

    from printing.domain.door import print_document

    with tempfile.TemporaryDirectory() as folder:
        for name, kind, title, size, number in PAPERS:
            paper = print_document(kind, str(Page.objects.get(title=title).pk), size)
            pdf = Path(folder, f"{name}.pdf")
            pdf.write_bytes(paper.content)
            dots = "50" if size == "a3" else "70"
            target = str(pdf.with_suffix(""))
            page = ["-f", str(number), "-singlefile"]
            subprocess.run(["pdftoppm", "-png", "-r", dots, *page, str(pdf), target], check=True)
            picture = Image.open(pdf.with_suffix(".png")).convert("RGB").quantize(32)
            picture.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
