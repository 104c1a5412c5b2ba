from django.db import migrations, models


class Migration(migrations.Migration):
    """What versions and formats there are is said in code alone, so that another needs no step."""

    dependencies = [("reports", "0004_archives_and_schedules")]

    operations = [
        migrations.AlterField(
            model_name="reportfile",
            name="version",
            field=models.CharField(max_length=12),
        ),
        migrations.AlterField(
            model_name="reportfile",
            name="format",
            field=models.CharField(max_length=8),
        ),
    ]
