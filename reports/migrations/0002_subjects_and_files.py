import django.db.models.deletion
from django.core.files.storage import default_storage
from django.db import migrations, models


def say_whose_and_move_files(apps, schema_editor):
    """Each document belongs to the organisation of its cycle, and its PDF becomes a file of it."""
    Report = apps.get_model("reports", "Report")
    ReportFile = apps.get_model("reports", "ReportFile")
    for report in Report.objects.select_related("cycle").iterator():
        report.organisation_id = report.cycle.organisation_id
        report.save(update_fields=["organisation"])
        if report.pdf_name:
            there = default_storage.exists(report.pdf_name)
            ReportFile.objects.create(
                report=report,
                version="full",
                format="pdf",
                name=report.pdf_name,
                digest=report.pdf_digest,
                size=default_storage.size(report.pdf_name) if there else 0,
            )


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0001_tables"),
        ("cycles", "0001_tables"),
        ("stakeholders", "0002_with_files"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="report", name="editions_numbered"),
        migrations.RemoveConstraint(model_name="report", name="report_file_with_digest"),
        migrations.AddField(
            model_name="report",
            name="organisation",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="stakeholders.organisation"),
        ),
        migrations.AddField(
            model_name="report",
            name="decision",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="cycles.decision"),
        ),
        migrations.AddField(
            model_name="report",
            name="meeting",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="stakeholders.meeting"),
        ),
        migrations.AlterField(
            model_name="report",
            name="cycle",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="cycles.cycle"),
        ),
        migrations.AlterField(
            model_name="report",
            name="kind",
            field=models.CharField(max_length=20),
        ),
        migrations.CreateModel(
            name="ReportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(choices=[("full", "The whole document"), ("one-page", "On one page"), ("easy-read", "In easy words")], max_length=12)),
                ("format", models.CharField(choices=[("pdf", "PDF"), ("docx", "Word file")], max_length=8)),
                ("name", models.CharField(max_length=120, unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="reports.report")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "version", "format"), name="one_file_of_a_kind"),
                    models.CheckConstraint(condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("digest", ""), _negated=True)), name="file_with_name_and_digest"),
                ],
            },
        ),
        migrations.RunPython(say_whose_and_move_files, migrations.RunPython.noop),
    ]
