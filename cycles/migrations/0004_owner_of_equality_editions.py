from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion


def name_by_person(apps, schema_editor):
    """Editions say who looks after them by the person, so that a name can be taken out. One that
    nobody goes by any more is of somebody who was erased, so it goes."""
    editions = apps.get_model("cycles", "EqualityEdition").objects
    users = apps.get_model("stakeholders", "User").objects
    for edition in editions.select_related("assessment"):
        name = edition.words.pop("owner", "")
        named = users.filter(display_name=name, erased_at__isnull=True) if name else users.none()
        edition.owner = named.filter(pk=edition.assessment.owner_id).first() or named.first()
        edition.save(update_fields=["owner", "words"])


class Migration(migrations.Migration):

    dependencies = [
        ("cycles", "0003_decision_easy_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="equalityedition",
            name="owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(name_by_person, migrations.RunPython.noop),
    ]
