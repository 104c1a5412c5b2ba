import django.db.models.deletion
import vbc.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stakeholders', '0004_meetings'),
    ]

    operations = [
        migrations.CreateModel(
            name='CostCentre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('panel', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cost_centre', to='stakeholders.panel')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaymentRates',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('meeting_hour', models.PositiveIntegerField()),
                ('reading_hour', models.PositiveIntegerField()),
                ('late_cancellation', models.PositiveIntegerField()),
                ('cover_hour', models.PositiveIntegerField()),
                ('carer_cover_hour', models.PositiveIntegerField()),
                ('days_to_pay', models.PositiveSmallIntegerField()),
                ('set_at', models.DateTimeField(auto_now_add=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payment_rates', to='stakeholders.organisation')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='QuietMode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SupportPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('interpreter', models.CharField(blank=True, max_length=120)),
                ('wants_bsl', models.BooleanField(default=False)),
                ('wants_large_print', models.BooleanField(default=False)),
                ('wants_hearing_loop', models.BooleanField(default=False)),
                ('wants_easy_read', models.BooleanField(default=False)),
                ('timing', models.TextField(blank=True)),
                ('travel', models.TextField(blank=True)),
                ('anything_else', models.TextField(blank=True)),
                ('by_email', models.BooleanField(default=False)),
                ('by_phone', models.BooleanField(default=False)),
                ('by_text', models.BooleanField(default=False)),
                ('by_post', models.BooleanField(default=False)),
                ('phone_number', models.CharField(blank=True, max_length=40)),
                ('post_address', models.TextField(blank=True)),
                ('contact_times', models.CharField(blank=True, max_length=240)),
                ('seat', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='support_plan', to='stakeholders.seat')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='WeeklyLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pence', models.PositiveIntegerField()),
                ('counts_money_back', models.BooleanField(default=False)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('meeting', 'Taking part in a meeting'), ('reading', 'Reading and preparing'), ('cancelled', 'A meeting cancelled late'), ('cover', 'Stepping in for a member'), ('care', 'Someone to look after another person meanwhile'), ('travel', 'Travel'), ('expenses', 'Other expenses')], max_length=10)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('happens_on', models.DateField()),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('amount_pence', models.PositiveIntegerField()),
                ('is_in_advance', models.BooleanField(default=False)),
                ('due_on', models.DateField()),
                ('status', models.CharField(choices=[('offered', 'Offered'), ('claimed', 'Claimed'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('approved', 'To be paid'), ('refused', 'Not paid'), ('paid', 'Paid')], max_length=8)),
                ('changed_at', models.DateTimeField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('refusal', models.TextField(blank=True)),
                ('paid_on', models.DateField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paid_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='stakeholders.panel')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-happens_on', '-pk'],
                'indexes': [models.Index(fields=['person', 'happens_on'], name='stakeholder_person__f4d3d1_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_pence__gt', 0)), name='payment_is_of_something', violation_error_message='The amount must be more than nothing.'), models.CheckConstraint(condition=models.Q(models.Q(('person', models.F('offered_by')), _negated=True), models.Q(('person', models.F('approved_by')), _negated=True), models.Q(('person', models.F('paid_by')), _negated=True)), name='nobody_handles_their_own_payment', violation_error_message='Somebody else has to do this: the payment is your own.'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='payment_approved_pair', violation_error_message='approved_at and approved_by go together.'), models.CheckConstraint(condition=models.Q(models.Q(('paid_by__isnull', True), ('paid_on__isnull', True)), models.Q(('paid_by__isnull', False), ('paid_on__isnull', False)), _connector='OR'), name='payment_paid_pair', violation_error_message='paid_on and paid_by go together.'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('status__in', ['approved', 'paid'])), models.Q(models.Q(('status__in', ['approved', 'paid']), _negated=True), ('approved_at__isnull', True)), _connector='OR'), name='payment_approved_when_approved'), models.CheckConstraint(condition=models.Q(models.Q(('paid_on__isnull', False), ('status', 'paid')), models.Q(models.Q(('status', 'paid'), _negated=True), ('paid_on__isnull', True)), _connector='OR'), name='payment_paid_when_paid'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), models.Q(('refusal', ''), _negated=True)), models.Q(models.Q(('status', 'refused'), _negated=True), ('refusal', '')), _connector='OR'), name='payment_refused_with_a_reason', violation_error_message='Say why it is not paid.'), models.CheckConstraint(condition=models.Q(('is_in_advance', False), ('kind__in', ['care', 'travel', 'expenses']), _connector='OR'), name='only_money_back_goes_ahead', violation_error_message='Only travel and expenses are paid before the day.')],
            },
        ),
    ]
