"""Since when a post is there, for posts made from now on."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0002_user_certificate'),
    ]

    operations = [
        migrations.AddField(
            model_name='post',
            name='opened_on',
            field=models.DateField(null=True),
        ),
    ]
