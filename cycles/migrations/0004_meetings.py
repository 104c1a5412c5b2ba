import django.db.models.deletion
import vbc.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cycles', '0003_ratings'),
        ('stakeholders', '0004_meetings'),
    ]

    operations = [
        migrations.CreateModel(
            name='DecisionOnAgenda',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('put_at', models.DateTimeField(auto_now_add=True)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='on_agendas', to='cycles.decision')),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='about_decision', to='stakeholders.agendaitem')),
                ('put_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='OptionInterest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('words', models.CharField(max_length=300, verbose_name='what the interest is')),
                ('declared_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='cycles.option')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='option_interests', to='stakeholders.seat')),
            ],
            options={
                'ordering': ['declared_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('option', 'seat'), name='one_live_interest_a_seat_and_option', violation_error_message='You have declared an interest in this option already.')],
            },
        ),
    ]
