import django.db.models.deletion
import vbc.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('cycles', '0004_meetings'), ('stakeholders', '0006_safeguarding')]

    operations = [
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vbc.core.ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('original', models.JSONField()),
                ('redacted_at', models.DateTimeField()),
                ('comment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='cycles.comment')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='cycles.decision')),
                ('option', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='cycles.option')),
                ('redacted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['redacted_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('comment__isnull', False), ('option__isnull', True)), models.Q(('comment__isnull', True), ('option__isnull', False)), _connector='OR'), name='redaction_of_one_thing')],
            },
        ),
    ]
