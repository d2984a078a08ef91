"""What was looked at in some weeks, by whoever: the week and the page about a leak ask it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_shared_laptop")]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["stek_id", "kind", "at"], name="audit_by_moment"),
        ),
    ]
