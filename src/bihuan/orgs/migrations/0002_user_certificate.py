"""The number of an enforcement certificate, for who has one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='certificate',
            field=models.CharField(blank=True, help_text='执法证号; None for who enforces nothing', max_length=32, null=True),
        ),
    ]
