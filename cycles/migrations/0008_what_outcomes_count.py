"""What an outcome counts is empty until somebody says it: "people" was the field's default, and
stood where nobody had answered. An answer of "what is done" was always somebody's own."""

from django.db import migrations, models


def forget_what_nobody_said(apps, schema_editor):
    measures = apps.get_model("cycles", "OutcomeMeasure").objects.using(schema_editor.connection.alias)
    measures.filter(is_output=False).update(is_output=None)


class Migration(migrations.Migration):
    dependencies = [("cycles", "0007_gates_together")]

    operations = [
        migrations.AlterField(
            model_name="outcomemeasure",
            name="is_output",
            field=models.BooleanField(
                default=None,
                null=True,
                verbose_name="it counts what is done, not what became better",
            ),
        ),
        migrations.RunPython(forget_what_nobody_said, migrations.RunPython.noop),
    ]
