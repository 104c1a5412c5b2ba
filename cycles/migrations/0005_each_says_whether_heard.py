from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """One answer a pillar becomes one a person. What was said stays, as the answer of whoever was
    the last to say it."""

    dependencies = [
        ("cycles", "0004_owner_of_equality_editions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="pillarview", name="one_view_a_pillar"),
        migrations.AddConstraint(
            model_name="pillarview",
            constraint=models.UniqueConstraint(
                fields=("decision", "pillar", "said_by"),
                name="one_view_a_person_and_pillar",
                violation_error_message="This person has answered already.",
            ),
        ),
    ]
