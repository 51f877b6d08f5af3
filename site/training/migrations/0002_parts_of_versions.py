"""Versions say whether they have a text and a video; what of a video was watched is kept."""

import django.db.models.deletion
from django.db import migrations, models


def say_what_they_have(apps, schema_editor):
    """The newest version of each material is what its page shows; of older ones nobody is asked any more."""
    pages = apps.get_model("training", "MaterialPage").objects.only("pk", "body", "video")
    versions = apps.get_model("training", "MaterialVersion").objects
    for page in pages.iterator():
        newest = versions.filter(material_id=page.pk).order_by("-number").first()
        if newest is not None:
            newest.has_text, newest.video_id = len(page.body) > 0, page.video_id
            newest.save(update_fields=["has_text", "video"])


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="materialversion",
            name="has_text",
            field=models.BooleanField(default=False, verbose_name="has a text"),
        ),
        migrations.AddField(
            model_name="materialversion",
            name="video",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="training.video",
                verbose_name="video",
            ),
        ),
        migrations.AddField(
            model_name="sheetshown",
            name="opened_at",
            field=models.DateTimeField(null=True, verbose_name="video opened at"),
        ),
        migrations.AddField(
            model_name="sheetshown",
            name="watched",
            field=models.JSONField(default=list, verbose_name="parts of the video that were played"),
        ),
        migrations.RunPython(say_what_they_have, migrations.RunPython.noop),
    ]
