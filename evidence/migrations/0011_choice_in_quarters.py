from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("evidence", "0010_consultation_event"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="livedchoice", name="one_voice_on_choice"),
        migrations.AddField(
            model_name="livedchoice",
            name="shown_from",
            # What was said before there were quarters is shown already.
            field=models.DateField(default=date(2026, 10, 1)),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="livedchoice",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="livedchoice",
            constraint=models.UniqueConstraint(
                fields=("service", "author", "shown_from"), name="one_voice_on_choice_a_quarter"
            ),
        ),
        migrations.AddConstraint(
            model_name="livedchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("author__isnull", False))
                | models.Q(
                    ("access_note", ""),
                    ("assessment_note", ""),
                    ("life_note", ""),
                    ("treatment_note", ""),
                ),
                name="choice_of_nobody_has_no_notes",
                violation_error_message="Whoever took this back took their notes with it.",
            ),
        ),
    ]
