import django.db.models.deletion
import vbc.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_by_whom'),
        ('stakeholders', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='stakeholders.meeting')),
                ('title', models.CharField(max_length=120)),
                ('plain_summary', models.TextField(verbose_name='what it says, in plain words')),
                ('text', models.TextField(blank=True)),
                ('upload', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.upload')),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['added_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('plain_summary', ''), _negated=True), name='paper_has_a_plain_summary', violation_error_message='Say in plain words what the paper says.'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), ('upload__isnull', False), _connector='OR'), name='paper_is_a_text_or_a_file', violation_error_message='Write the text, choose a file, or both.')],
            },
        ),
    ]
