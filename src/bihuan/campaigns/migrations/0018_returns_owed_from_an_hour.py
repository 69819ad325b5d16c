from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0017_days_of_ten_day_forms'),
    ]

    operations = [
        migrations.AddField(
            model_name='returnower',
            name='starts_at',
            field=models.DateTimeField(null=True),
        ),
    ]
