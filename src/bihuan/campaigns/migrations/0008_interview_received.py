"""The unit that is called to an interview signs for the notice."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0007_clause_moves'),
    ]

    operations = [
        migrations.AddField(
            model_name='interview',
            name='received_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='interview',
            name='received_by',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
    ]
