from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('cycles', '0002_initial')]

    operations = []
