"""Who looked, by colleague: the last first, without reading what others did."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_invitation")]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                fields=["stek_id", "kind", "actor_id", "at", "id"], name="audit_by_reader"
            ),
        ),
    ]
