from django.db import migrations


def make_head(apps, schema_editor):
    """The chain has one head from the first row on; every writer locks it."""
    apps.get_model("core", "AuditHead").objects.using(schema_editor.connection.alias).get_or_create(
        pk=1
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0002_by_whom")]

    operations = [migrations.RunPython(make_head, migrations.RunPython.noop)]
