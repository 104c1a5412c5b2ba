import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """After 0002 moved what was there: what a document no longer has, and what always holds."""

    dependencies = [("reports", "0002_subjects_and_files")]

    operations = [
        migrations.RemoveField(model_name="report", name="pdf_digest"),
        migrations.RemoveField(model_name="report", name="pdf_name"),
        migrations.AlterField(
            model_name="report",
            name="organisation",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="stakeholders.organisation"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cycle__isnull", False), ("meeting__isnull", True)),
                    models.Q(("cycle__isnull", True), ("decision__isnull", True), ("meeting__isnull", False)),
                    _connector="OR",
                ),
                name="report_about_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision__isnull", True), ("meeting__isnull", True)),
                fields=("cycle", "kind", "edition"),
                name="editions_of_cycle_numbered",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision__isnull", False)),
                fields=("decision", "kind", "edition"),
                name="editions_of_decision_numbered",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("meeting__isnull", False)),
                fields=("meeting", "kind", "edition"),
                name="editions_of_meeting_numbered",
            ),
        ),
    ]
