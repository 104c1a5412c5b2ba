import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stakeholders', '0007_stakeholder_map'),
    ]

    operations = [
        migrations.CreateModel(
            name='CompositionEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('schema_version', models.PositiveSmallIntegerField(default=1)),
                ('content', models.JSONField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='composition_editions', to='stakeholders.organisation')),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Induction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('steps_read', models.JSONField(default=list)),
                ('begun_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='induction', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PopulationShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('characteristic', models.CharField(choices=[('age', 'Age'), ('sex', 'Sex'), ('gender_identity', 'Gender the same as the sex registered at birth'), ('ethnic_group', 'Ethnic group'), ('disability', 'Disability'), ('sexual_orientation', 'Sexual orientation'), ('religion', 'Religion or belief')], max_length=18)),
                ('category', models.CharField(max_length=12)),
                ('per_mille', models.PositiveSmallIntegerField(verbose_name='how many in a thousand')),
                ('source', models.CharField(max_length=240, verbose_name='where it is from')),
                ('as_of', models.DateField(verbose_name='of which day')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='population_shares', to='stakeholders.organisation')),
            ],
            options={
                'ordering': ['characteristic', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'characteristic', 'category'), name='one_share_a_category'), models.CheckConstraint(condition=models.Q(('per_mille__lte', 1000)), name='share_of_a_thousand', violation_error_message='A share is from nothing to all.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='share_has_a_source')],
            },
        ),
        migrations.CreateModel(
            name='SelfDescription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('age', models.CharField(blank=True, choices=[('under_25', 'Under 25'), ('25_34', '25 to 34'), ('35_49', '35 to 49'), ('50_64', '50 to 64'), ('65_74', '65 to 74'), ('75_over', '75 or over'), ('prefer_not', 'I prefer not to say')], max_length=12, verbose_name='Age')),
                ('sex', models.CharField(blank=True, choices=[('female', 'Female'), ('male', 'Male'), ('prefer_not', 'I prefer not to say')], max_length=12, verbose_name='Sex')),
                ('gender_identity', models.CharField(blank=True, choices=[('same', 'The same'), ('different', 'Different'), ('prefer_not', 'I prefer not to say')], max_length=12, verbose_name='Gender the same as the sex registered at birth')),
                ('ethnic_group', models.CharField(blank=True, choices=[('asian', 'Asian, Asian British or Asian Welsh'), ('black', 'Black, Black British, Black Welsh, Caribbean or African'), ('mixed', 'Mixed or multiple ethnic groups'), ('white', 'White'), ('other', 'Another ethnic group'), ('prefer_not', 'I prefer not to say')], max_length=12, verbose_name='Ethnic group')),
                ('disability', models.CharField(blank=True, choices=[('disabled', 'Disabled'), ('not_disabled', 'Not disabled'), ('prefer_not', 'I prefer not to say')], max_length=12, verbose_name='Disability')),
                ('sexual_orientation', models.CharField(blank=True, choices=[('straight', 'Straight or heterosexual'), ('gay_lesbian', 'Gay or lesbian'), ('bisexual', 'Bisexual'), ('another', 'Another sexual orientation'), ('prefer_not', 'I prefer not to say')], max_length=12, verbose_name='Sexual orientation')),
                ('religion', models.CharField(blank=True, choices=[('none', 'No religion'), ('christian', 'Christian'), ('buddhist', 'Buddhist'), ('hindu', 'Hindu'), ('jewish', 'Jewish'), ('muslim', 'Muslim'), ('sikh', 'Sikh'), ('another', 'Another religion or belief'), ('prefer_not', 'I prefer not to say')], max_length=12, verbose_name='Religion or belief')),
                ('saved_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='self_descriptions', to='stakeholders.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='self_descriptions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'user'), name='one_description_a_person_and_organisation'), models.CheckConstraint(condition=models.Q(('age__in', ['', 'prefer_not', 'under_25', '25_34', '35_49', '50_64', '65_74', '75_over'])), name='described_age', violation_error_message='Choose one of the answers.'), models.CheckConstraint(condition=models.Q(('sex__in', ['', 'prefer_not', 'female', 'male'])), name='described_sex', violation_error_message='Choose one of the answers.'), models.CheckConstraint(condition=models.Q(('gender_identity__in', ['', 'prefer_not', 'same', 'different'])), name='described_gender_identity', violation_error_message='Choose one of the answers.'), models.CheckConstraint(condition=models.Q(('ethnic_group__in', ['', 'prefer_not', 'asian', 'black', 'mixed', 'white', 'other'])), name='described_ethnic_group', violation_error_message='Choose one of the answers.'), models.CheckConstraint(condition=models.Q(('disability__in', ['', 'prefer_not', 'disabled', 'not_disabled'])), name='described_disability', violation_error_message='Choose one of the answers.'), models.CheckConstraint(condition=models.Q(('sexual_orientation__in', ['', 'prefer_not', 'straight', 'gay_lesbian', 'bisexual', 'another'])), name='described_sexual_orientation', violation_error_message='Choose one of the answers.'), models.CheckConstraint(condition=models.Q(('religion__in', ['', 'prefer_not', 'none', 'christian', 'buddhist', 'hindu', 'jewish', 'muslim', 'sikh', 'another'])), name='described_religion', violation_error_message='Choose one of the answers.')],
            },
        ),
    ]
