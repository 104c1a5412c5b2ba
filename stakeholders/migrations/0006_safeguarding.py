import django.db.models.deletion
import vbc.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('stakeholders', '0005_support')]

    operations = [
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('raised_at', models.DateTimeField()),
                ('what_happened', models.TextField()),
                ('is_in_danger', models.BooleanField(verbose_name='somebody is in danger now')),
                ('may_know', models.CharField(choices=[('reader', 'Only the person who reads this'), ('helpers', 'Also people whose help is needed'), ('anyone', 'Anybody, I do not mind')], default='reader', max_length=8, verbose_name='who may know who wrote it')),
                ('how_to_reach', models.CharField(blank=True, max_length=240)),
                ('page', models.CharField(blank=True, max_length=300)),
                ('status', models.CharField(choices=[('new', 'Waiting to be looked at'), ('looked_at', 'Being looked at'), ('passed_on', 'Passed on'), ('closed', 'Closed')], default='new', max_length=9)),
                ('look_by', models.DateTimeField()),
                ('first_looked_at', models.DateTimeField(blank=True, null=True)),
                ('handed_up_at', models.DateTimeField(blank=True, null=True)),
                ('about_lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first_looked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='stakeholders.organisation')),
                ('panel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='stakeholders.panel')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concerns_raised', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-raised_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ConcernStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('looked_at', 'Looked at for the first time'), ('note', 'Note'), ('passed_on', 'Passed on'), ('closed', 'Closed'), ('reopened', 'Looked at again')], max_length=9)),
                ('at', models.DateTimeField()),
                ('passed_to', models.CharField(blank=True, choices=[('local_authority', "The local council's safeguarding team"), ('police', 'The police'), ('provider', 'The service that it is about')], max_length=15)),
                ('passed_on_day', models.DateField(blank=True, null=True)),
                ('note', models.TextField(blank=True)),
                ('told', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='stakeholders.concern')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_looked_at__isnull', True), ('first_looked_by__isnull', True)), models.Q(('first_looked_at__isnull', False), ('first_looked_by__isnull', False)), _connector='OR'), name='concern_looked_at_pair', violation_error_message='first_looked_at and first_looked_by go together.'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_looked_at__isnull', True), ('status', 'new')), models.Q(models.Q(('status', 'new'), _negated=True), ('first_looked_at__isnull', False)), _connector='OR'), name='concern_new_until_looked_at'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(('what_happened', ''), _negated=True), name='concern_says_something', violation_error_message='Say what happened.'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(('about_lead__isnull', True), ('panel__isnull', False), _connector='OR'), name='concern_about_lead_has_panel'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(('look_by__gt', models.F('raised_at'))), name='concern_looked_at_after_raised'),
        ),
        migrations.AddConstraint(
            model_name='concernstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'passed_on'), ('passed_on_day__isnull', False), models.Q(('passed_to', ''), _negated=True)), models.Q(models.Q(('kind', 'passed_on'), _negated=True), ('passed_on_day__isnull', True), ('passed_to', '')), _connector='OR'), name='concern_passed_on_to_whom_and_when', violation_error_message='Say to whom it was passed on, and when.'),
        ),
        migrations.AddConstraint(
            model_name='concernstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'closed'), _negated=True), models.Q(('told', ''), _negated=True), _connector='OR'), name='concern_closed_with_what_was_done', violation_error_message='Say what was done.'),
        ),
        migrations.AddConstraint(
            model_name='concernstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'note'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='concern_note_says_something'),
        ),
    ]
