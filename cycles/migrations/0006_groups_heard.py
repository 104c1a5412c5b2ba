from django.db import migrations, models
from django.db.models import Count, Q

ENOUGH = 5


def keep_as_they_are(apps, schema_editor):
    """Calls that have closed keep what can be said of them today."""
    calls = apps.get_model("cycles", "Call").objects.filter(closed_at__isnull=False)
    for perspective, field in (("uses", "heard_service_users"), ("cares", "heard_carers")):
        said = Count("answers", filter=Q(answers__perspective=perspective))
        enough = calls.annotate(said=said).filter(said__gte=ENOUGH)
        calls.filter(pk__in=[call.pk for call in enough]).update(**{field: True})


class Migration(migrations.Migration):

    dependencies = [
        ("cycles", "0005_each_says_whether_heard"),
    ]

    operations = [
        migrations.AddField(
            model_name="call",
            name="heard_carers",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="call",
            name="heard_service_users",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=Q(closed_at__isnull=False)
                | Q(heard_service_users=False, heard_carers=False),
                name="call_heard_groups_once_it_closed",
            ),
        ),
        migrations.RunPython(keep_as_they_are, migrations.RunPython.noop),
    ]
