import django.db.models.deletion
import vbc.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_by_whom'),
        ('cycles', '0001_tables'),
        ('stakeholders', '0002_with_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='cycles.cycle')),
                ('kind', models.CharField(choices=[('strategy', 'Commissioning strategy'), ('jsna', 'Needs assessment (JSNA)')], max_length=10)),
                ('edition', models.PositiveIntegerField()),
                ('schema_version', models.PositiveSmallIntegerField()),
                ('snapshot', models.JSONField()),
                ('snapshot_digest', models.CharField(max_length=64)),
                ('reason', models.CharField(blank=True, max_length=240, verbose_name='why this edition')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='report', to='core.job')),
                ('pdf_name', models.CharField(blank=True, max_length=120)),
                ('pdf_digest', models.CharField(blank=True, max_length=64)),
                ('made_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('cycle', 'kind', 'edition'), name='editions_numbered'), models.CheckConstraint(condition=models.Q(models.Q(('made_at__isnull', True), ('pdf_digest', ''), ('pdf_name', '')), models.Q(models.Q(('pdf_name', ''), _negated=True), models.Q(('pdf_digest', ''), _negated=True), ('made_at__isnull', False)), _connector='OR'), name='report_file_with_digest')],
            },
        ),
    ]
