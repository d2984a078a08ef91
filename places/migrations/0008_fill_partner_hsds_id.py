"""Partners that were there already get an id for exchanges, each its own."""

import uuid

from django.db import migrations


def fill(apps, schema_editor):
    partner_model = apps.get_model("places", "Partner")
    for partner in partner_model.objects.filter(hsds_id=None):
        partner.hsds_id = uuid.uuid4()
        partner.save(update_fields=["hsds_id"])


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0007_partner_hsds_id'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
