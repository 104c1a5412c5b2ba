import django.db.models.deletion
import vbc.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_audit_head'),
        ('stakeholders', '0003_seats'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=120)),
                ('purpose', models.TextField(verbose_name='what it is for')),
                ('place', models.TextField(blank=True, verbose_name='where')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='link to join')),
                ('phone', models.CharField(blank=True, max_length=120, verbose_name='phone number to join')),
                ('length', models.PositiveSmallIntegerField(default=90, verbose_name='how many minutes')),
                ('starts_at', models.DateTimeField(blank=True, null=True)),
                ('status', models.CharField(choices=[('finding_date', 'Finding a date'), ('arranged', 'Arranged'), ('being_moved', 'Being moved'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='finding_date', editable=False, max_length=12)),
                ('calendar_sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(auto_now_add=True)),
                ('papers_ready_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='stakeholders.panel')),
                ('papers_ready_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-starts_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('coming', models.CharField(blank=True, choices=[('yes', 'Coming'), ('no', 'Cannot come')], max_length=3)),
                ('is_present', models.BooleanField(default=False)),
                ('first_present_at', models.DateTimeField(blank=True, null=True)),
                ('perspective', models.CharField(blank=True, choices=[('service_user', 'Service user'), ('carer', 'Carer'), ('clinician', 'Clinician'), ('social_care', 'Social-care professional'), ('evidence_reviewer', 'Evidence reviewer'), ('in_attendance', 'In attendance')], editable=False, max_length=20)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='stakeholders.seat')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='stakeholders.meeting')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('hear', 'To hear'), ('talk', 'To talk about'), ('decide', 'To decide')], default='talk', max_length=6)),
                ('minutes', models.PositiveSmallIntegerField(default=15)),
                ('leader', models.CharField(blank=True, max_length=80, verbose_name='who leads it')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('read_first_url', models.CharField(blank=True, max_length=300)),
                ('read_first_text', models.CharField(blank=True, max_length=120)),
                ('status', models.CharField(choices=[('asked', 'Asked for'), ('taken', 'On the agenda'), ('not_taken', 'Not this time')], default='asked', max_length=9)),
                ('answer', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='stakeholders.meeting')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeetingAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('title', models.CharField(max_length=200, verbose_name='what will be done')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by when')),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='stakeholders.agendaitem')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meeting_actions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeetingDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('starts_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dates', to='stakeholders.meeting')),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DateAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(choices=[('yes', 'Yes'), ('if_need_be', 'If need be'), ('no', 'No')], max_length=10)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='date_answers', to='stakeholders.seat')),
                ('date', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='stakeholders.meetingdate')),
            ],
            options={
                'ordering': ['date', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeetingDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('words', models.TextField(verbose_name='what was decided')),
                ('recorded_at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='stakeholders.agendaitem')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['recorded_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MinuteNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('said', models.TextField(blank=True, verbose_name='what was said')),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='note', to='stakeholders.agendaitem')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draft', 'Being written'), ('shared', 'Shared with the panel'), ('agreed', 'Agreed by the panel')], default='draft', max_length=6)),
                ('shared_at', models.DateTimeField(blank=True, null=True)),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('agreed_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreed_minutes', to='stakeholders.meeting')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='record', to='stakeholders.meeting')),
                ('shared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('status', models.CharField(choices=[('received', 'Received, waiting for an answer'), ('considering', 'Being considered'), ('acted_on', 'Acted on'), ('partly_acted_on', 'Partly acted on'), ('not_acted_on', 'Not acted on, with the reason')], default='received', max_length=20)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('author_told_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('text', models.TextField(verbose_name='what should be put right')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(app_label)s_%(class)ss', to=settings.AUTH_USER_MODEL)),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='stakeholders.minutes')),
            ],
            options={
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('plain_summary', models.TextField(verbose_name='what it says, in plain words')),
                ('text', models.TextField(blank=True)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='stakeholders.meeting')),
                ('upload', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.upload')),
            ],
            options={
                'ordering': ['added_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SpeakerTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('spoke_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='stakeholders.meeting')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='stakeholders.seat')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('work', 'Paid work'), ('role', 'An unpaid role, such as trustee or volunteer'), ('money', 'Money, shares or property'), ('family', 'Someone close to me'), ('other', 'Something else')], max_length=6)),
                ('words', models.CharField(max_length=300, verbose_name='what it is')),
                ('is_public', models.BooleanField(default=False)),
                ('declared_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='stakeholders.seat')),
            ],
            options={
                'ordering': ['declared_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('declared_at')), _connector='OR'), name='interest_ends_after_it_was_declared')],
            },
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['finding_date', 'cancelled']), ('starts_at__isnull', False), _connector='OR'), name='meeting_arranged_has_a_time', violation_error_message='A meeting that is arranged has a date and a time.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('length__range', (10, 480))), name='meeting_is_of_some_length', violation_error_message='A meeting takes from 10 minutes to 8 hours.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('papers_ready_at__isnull', True), ('papers_ready_by__isnull', True)), models.Q(('papers_ready_at__isnull', False), ('papers_ready_by__isnull', False)), _connector='OR'), name='meeting_papers_ready_pair', violation_error_message='papers_ready_at and papers_ready_by go together.'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'seat'), name='one_row_a_meeting_and_seat'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('is_present', False), ('first_present_at__isnull', False), _connector='OR'), name='present_since_some_time'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'not_taken'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='agenda_item_not_taken_says_why', violation_error_message='Say why it is not taken this time.'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__range', (1, 240))), name='agenda_item_takes_some_minutes', violation_error_message='An item takes from 1 to 240 minutes.'),
        ),
        migrations.AddConstraint(
            model_name='meetingdate',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('meeting', 'starts_at'), name='a_date_is_offered_once', violation_error_message='This date is on the list already.'),
        ),
        migrations.AddConstraint(
            model_name='dateanswer',
            constraint=models.UniqueConstraint(fields=('date', 'seat'), name='one_answer_a_date_and_seat'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('shared_at__isnull', True), ('shared_by__isnull', True)), models.Q(('shared_at__isnull', False), ('shared_by__isnull', False)), _connector='OR'), name='minutes_shared_pair', violation_error_message='shared_at and shared_by go together.'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed_at__isnull', True), ('agreed_in__isnull', True)), models.Q(('agreed_at__isnull', False), ('agreed_in__isnull', False)), _connector='OR'), name='minutes_agreed_pair', violation_error_message='agreed_at and agreed_in go together.'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed_at__isnull', True), ('shared_at__isnull', True), ('status', 'draft')), models.Q(('agreed_at__isnull', True), ('shared_at__isnull', False), ('status', 'shared')), models.Q(('agreed_at__isnull', False), ('shared_at__isnull', False), ('status', 'agreed')), _connector='OR'), name='minutes_follow_their_status'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='correction_answered_pair', violation_error_message='answered_at and answered_by go together.'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['acted_on', 'not_acted_on', 'partly_acted_on']), _negated=True), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='correction_answer_given', violation_error_message='An answer needs its words, its date and its author.'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('plain_summary', ''), _negated=True), name='paper_has_a_plain_summary', violation_error_message='Say in plain words what the paper says.'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), ('upload__isnull', False), _connector='OR'), name='paper_is_a_text_or_a_file', violation_error_message='Write the text, choose a file, or both.'),
        ),
        migrations.AddConstraint(
            model_name='speakerturn',
            constraint=models.UniqueConstraint(condition=models.Q(('spoke_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('meeting', 'seat'), name='one_wish_to_speak_at_a_time', violation_error_message='You are on the list already.'),
        ),
        migrations.AddConstraint(
            model_name='speakerturn',
            constraint=models.CheckConstraint(condition=models.Q(('spoke_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='turn_ends_once'),
        ),
    ]
