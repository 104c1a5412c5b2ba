from django.db import migrations, models
from django.db.models import F


def say_what_is_the_same(apps, schema_editor):
    """A place that two registers list by a code each was linked as one with a new code. The ONS
    gives a new code where borders change, so one that stayed is the same place."""
    links = apps.get_model("evidence", "AreaLink").objects
    links.filter(kind="new_code", other__code=F("other__ods_code")).update(kind="same")


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0009_experience"),
    ]

    operations = [
        migrations.AlterField(
            model_name="arealink",
            name="kind",
            field=models.CharField(
                choices=[
                    ("lies_in", "Lies in"),
                    ("same", "Is the same place by another name or code"),
                    ("new_code", "Has new borders or a new code now"),
                    ("merged", "Is part of it now"),
                    ("split", "Was divided; this is a part"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunPython(say_what_is_the_same, migrations.RunPython.noop),
    ]
