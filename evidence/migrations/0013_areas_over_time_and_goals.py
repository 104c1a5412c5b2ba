from django.db import migrations, models
from django.db.models import F


def say_what_is_the_same(apps, schema_editor):
    """A place that two registers list by a code each was linked as one with a new code. The ONS
    gives a new code where borders change, so one that stayed is the same place."""
    links = apps.get_model("evidence", "AreaLink").objects
    links.filter(kind="new_code", other__code=F("other__ods_code")).update(kind="same")


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0012_needs_in_public'),
    ]

    operations = [
        migrations.AddField(
            model_name='indicator',
            name='goal',
            field=models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name='figure to reach'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='goal_set_by',
            field=models.CharField(blank=True, max_length=160, verbose_name='who set it'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='goal_set_on',
            field=models.DateField(blank=True, null=True, verbose_name='when it was set'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='goal_source',
            field=models.CharField(blank=True, max_length=240, verbose_name='where it is written'),
        ),
        migrations.AlterField(
            model_name='arealink',
            name='kind',
            field=models.CharField(choices=[('lies_in', 'Lies in'), ('same', 'Is the same place by another name or code'), ('new_code', 'Has new borders or a new code now'), ('merged', 'Is part of it now'), ('split', 'Was divided; this is a part')], max_length=10),
        ),
        migrations.RunPython(say_what_is_the_same, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('goal__isnull', True), ('goal_set_by', ''), ('goal_set_on__isnull', True), ('goal_source', '')), models.Q(('goal__isnull', False), ('goal_set_on__isnull', False), models.Q(('goal_set_by', ''), _negated=True), models.Q(('goal_source', ''), _negated=True)), _connector='OR'), name='goal_says_whose_it_is', violation_error_message='Say who set the goal, when, and where it is written.'),
        ),
    ]
