"""The home page and the first sections, in place of Wagtail's welcome page.

They are live without anybody having cleared them: an empty frame that a site needs to start, and the only content
that is ever published past the workflow. Keep it to titles; every word to read is written and cleared by people.
A site whose root is anything else than Wagtail's welcome page is left as it is.
"""

from django.db import migrations
from django.utils import timezone

WELCOME = {"path": "00010001", "slug": "home", "content_type__model": "page", "numchild": 0}
SECTIONS = [("通知公告", "tongzhi-gonggao"), ("政务公开", "zhengwu-gongkai"), ("工作动态", "gongzuo-dongtai")]


def build(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    ContentType = apps.get_model("contenttypes", "ContentType")
    site = Site.objects.filter(is_default_site=True).first()
    welcome = Page.objects.filter(**WELCOME).first()
    if not site or not welcome or site.root_page_id != welcome.pk:
        return
    locale = welcome.locale
    now = timezone.now()

    def add(model, **fields):
        content_type, _created = ContentType.objects.get_or_create(app_label="pages", model=model._meta.model_name)
        return model.objects.create(
            content_type=content_type,
            draft_title=fields["title"],
            locale=locale,
            live=True,
            first_published_at=now,
            last_published_at=now,
            **fields,
        )

    # Historical models have no tree methods: path, depth and number of children are written by hand. The welcome
    # page goes last, because deleting it while it is the site's root would delete the site.
    Page.objects.filter(pk=welcome.pk).update(path="0001ZZZZ", slug="welcome", url_path="/welcome/")
    home = add(
        apps.get_model("pages", "HomePage"),
        title="首页", slug="home", path="00010001", depth=2, numchild=len(SECTIONS), url_path="/home/",
    )
    for number, (title, slug) in enumerate(SECTIONS, start=1):
        add(
            apps.get_model("pages", "SectionPage"),
            title=title, slug=slug, path=f"00010001{number:04}", depth=3, numchild=0,
            url_path=f"/home/{slug}/", show_in_menus=True,
        )
    site.root_page_id = home.pk
    site.site_name = site.site_name or "便民"
    site.save()
    welcome.delete()


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial")]
    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
