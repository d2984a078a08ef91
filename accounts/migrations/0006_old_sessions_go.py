from django.db import migrations


class Migration(migrations.Migration):
    """The table of Django's own sessions is read by nobody any more; who was signed in does so again."""

    dependencies = [
        ('accounts', '0005_sessions_say_whose'),
    ]

    operations = [
        migrations.RunSQL('DROP TABLE IF EXISTS django_session', migrations.RunSQL.noop),
    ]
