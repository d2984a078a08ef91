from django.db import migrations, models


class Migration(migrations.Migration):
    """A column that may be empty is added in place: the triggers of the log stay."""

    dependencies = [
        ('accounts', '0011_log_by_moment'),
    ]

    operations = [
        migrations.AddField(
            model_name='auditevent',
            name='device_id',
            field=models.BigIntegerField(null=True, verbose_name='laptop'),
        ),
    ]
