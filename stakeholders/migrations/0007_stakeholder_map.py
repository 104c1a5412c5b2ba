import django.db.models.deletion
import django.db.models.functions.text
import vbc.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stakeholders', '0006_safeguarding'),
    ]

    operations = [
        migrations.CreateModel(
            name='EngagementEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('workshop', 'Workshop'), ('focus_group', 'Focus group'), ('board', 'Board meeting'), ('department', 'Departmental meeting'), ('one_to_one', 'One-to-one talk')], max_length=12)),
                ('title', models.CharField(max_length=120)),
                ('held_on', models.DateField()),
                ('place', models.CharField(blank=True, max_length=160)),
                ('what_was_said', models.TextField()),
                ('what_came_of_it', models.TextField(blank=True)),
                ('what_could_not_be_done', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('shared_at', models.DateTimeField(blank=True, null=True)),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagement_events', to='stakeholders.panel')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-held_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='EventEffect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effect', models.CharField(choices=[('ideas', 'A new way to solve a problem'), ('networks', 'Links between people, and support from peers'), ('leadership', 'People leading and learning where they live'), ('advocates', 'People who speak up for others'), ('prejudice', 'Prejudice was challenged'), ('inclusion', 'People were included who had not been'), ('standards', 'A standard that people can trust'), ('others_engage', 'Others were helped to take part')], max_length=14)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='effects', to='stakeholders.engagementevent')),
            ],
        ),
        migrations.CreateModel(
            name='PanelCondition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('process', 'How this works, from start to end'), ('limits', 'What we can and cannot do'), ('documents', 'Papers, and where to find them'), ('hurdles', 'What can make it hard to take part, and what we do about it'), ('channels', 'How to get in touch'), ('induction', 'Getting started, and training')], max_length=10)),
                ('text', models.TextField()),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='stakeholders.panel')),
            ],
        ),
        migrations.CreateModel(
            name='ConditionWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('condition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='stakeholders.panelcondition')),
            ],
            options={
                'ordering': ['-since', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SeldomHeardGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=120)),
                ('target', models.PositiveIntegerField(blank=True, null=True)),
                ('target_words', models.TextField()),
                ('progress', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seldom_heard_groups', to='stakeholders.panel')),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='EventAttendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('came_as', models.CharField(blank=True, choices=[('service_users', 'Service users'), ('carers', 'Carers'), ('professionals', 'Clinicians and social-care professionals'), ('staff', 'Commissioners and managers'), ('others', 'Others')], max_length=14)),
                ('number', models.PositiveIntegerField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='stakeholders.engagementevent')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='stakeholders.seldomheardgroup')),
            ],
        ),
        migrations.CreateModel(
            name='Stakeholder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=120)),
                ('is_centre', models.BooleanField(default=False, editable=False)),
                ('kind', models.CharField(choices=[('organisation', 'An organisation'), ('group', 'A group of people'), ('role', 'A role, such as senior nurses')], max_length=12)),
                ('sector', models.CharField(choices=[('health', 'Health'), ('social_care', 'Social care'), ('third', 'Voluntary and community'), ('other', 'Other')], max_length=12)),
                ('is_direct', models.BooleanField()),
                ('effect', models.TextField()),
                ('interest', models.PositiveSmallIntegerField(choices=[(1, 'Low'), (2, 'Middle'), (3, 'High')])),
                ('influence', models.PositiveSmallIntegerField(choices=[(1, 'Low'), (2, 'Middle'), (3, 'High')])),
                ('provider', models.CharField(choices=[('none', 'Does not provide services'), ('current', 'Provides services now'), ('potential', 'Could provide services')], default='none', max_length=10)),
                ('contact_plan', models.TextField(blank=True)),
                ('contact_rhythm', models.CharField(choices=[('none', 'When there is something to say'), ('monthly', 'Every month'), ('quarterly', 'Every three months'), ('half_yearly', 'Every six months'), ('yearly', 'Every year')], default='none', max_length=12)),
                ('next_contact_on', models.DateField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stakeholders', to='stakeholders.panel')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-is_centre', '-is_direct', '-interest', '-influence', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ContactPromise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('words', models.TextField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('outcome', models.TextField(blank=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stakeholder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='stakeholders.stakeholder')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('due_on'), nulls_last=True), 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StakeholderCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stakeholder_categories', to='stakeholders.organisation')),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='category',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.stakeholdercategory'),
        ),
        migrations.CreateModel(
            name='StakeholderContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField()),
                ('means', models.CharField(choices=[('meeting', 'A meeting'), ('visit', 'A visit'), ('phone', 'A phone or video call'), ('email', 'E-mail'), ('letter', 'A letter')], max_length=8)),
                ('what_was_said', models.TextField()),
                ('logged_at', models.DateTimeField(auto_now_add=True)),
                ('logged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stakeholder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='stakeholders.stakeholder')),
            ],
            options={
                'ordering': ['-held_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TopicLead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('topic', models.CharField(max_length=120)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='topic_leads', to='stakeholders.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': [django.db.models.functions.text.Lower('topic'), '-since', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='engagementevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('shared_at__isnull', True), ('shared_by__isnull', True)), models.Q(('shared_at__isnull', False), ('shared_by__isnull', False)), _connector='OR'), name='event_shared_pair', violation_error_message='shared_at and shared_by go together.'),
        ),
        migrations.AddConstraint(
            model_name='engagementevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'one_to_one'), _negated=True), ('shared_at__isnull', True), _connector='OR'), name='one_to_one_is_never_shared', violation_error_message='A one-to-one talk is not shared outside the panel.'),
        ),
        migrations.AddConstraint(
            model_name='eventeffect',
            constraint=models.UniqueConstraint(fields=('event', 'effect'), name='one_effect_an_event'),
        ),
        migrations.AddConstraint(
            model_name='panelcondition',
            constraint=models.UniqueConstraint(fields=('panel', 'kind'), name='one_condition_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='panelcondition',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='condition_has_words', violation_error_message='Write something here.'),
        ),
        migrations.AddConstraint(
            model_name='seldomheardgroup',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), models.F('panel'), condition=models.Q(('withdrawn_at__isnull', True)), name='one_group_of_a_name', violation_error_message='This group is already on the list.'),
        ),
        migrations.AddConstraint(
            model_name='eventattendance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('came_as', ''), ('group__isnull', False)), models.Q(models.Q(('came_as', ''), _negated=True), ('group__isnull', True)), _connector='OR'), name='attendance_in_a_part_or_of_a_group'),
        ),
        migrations.AddConstraint(
            model_name='eventattendance',
            constraint=models.UniqueConstraint(condition=models.Q(('group__isnull', True)), fields=('event', 'came_as'), name='one_number_a_part'),
        ),
        migrations.AddConstraint(
            model_name='eventattendance',
            constraint=models.UniqueConstraint(condition=models.Q(('group__isnull', False)), fields=('event', 'group'), name='one_number_a_group'),
        ),
        migrations.AddConstraint(
            model_name='contactpromise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='promise_settled_pair', violation_error_message='settled_at and settled_by go together.'),
        ),
        migrations.AddConstraint(
            model_name='contactpromise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at__isnull', True)), models.Q(('settled_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='promise_settled_with_words', violation_error_message='Say what became of it.'),
        ),
        migrations.AddConstraint(
            model_name='stakeholdercategory',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), models.F('organisation'), name='one_category_of_a_name', violation_error_message='There is already a category of this name.'),
        ),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.UniqueConstraint(condition=models.Q(('is_centre', True)), fields=('panel',), name='one_centre_a_map'),
        ),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.CheckConstraint(condition=models.Q(('is_centre', False), models.Q(('influence', 3), ('interest', 3), ('is_direct', True), ('withdrawn_at__isnull', True)), _connector='OR'), name='centre_stays_at_the_centre', violation_error_message='Service users are always at the centre of the map.'),
        ),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.CheckConstraint(condition=models.Q(('is_centre', True), ('category__isnull', False), _connector='OR'), name='stakeholder_has_a_category', violation_error_message='Choose a category.'),
        ),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), models.F('panel'), condition=models.Q(('withdrawn_at__isnull', True)), name='one_stakeholder_of_a_name', violation_error_message='Somebody of this name is already on the map.'),
        ),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.CheckConstraint(condition=models.Q(('cover__isnull', True), models.Q(('lead__isnull', False), models.Q(('cover', models.F('lead')), _negated=True)), _connector='OR'), name='stakeholder_cover_beside_a_lead', violation_error_message='Cover is somebody other than whoever leads.'),
        ),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='stakeholder_withdrawn_pair', violation_error_message='withdrawn_at and withdrawn_by go together.'),
        ),
        migrations.AddConstraint(
            model_name='topiclead',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('topic'), models.F('organisation'), condition=models.Q(('until__isnull', True)), name='one_lead_a_topic', violation_error_message='Somebody leads on this already.'),
        ),
        migrations.AddConstraint(
            model_name='topiclead',
            constraint=models.CheckConstraint(condition=models.Q(('cover__isnull', True), models.Q(('cover', models.F('user')), _negated=True), _connector='OR'), name='lead_cover_is_another', violation_error_message='Cover is somebody other than whoever leads.'),
        ),
        migrations.AddConstraint(
            model_name='topiclead',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='lead_ends_after_it_began'),
        ),
    ]

