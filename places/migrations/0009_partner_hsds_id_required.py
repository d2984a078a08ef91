import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0008_fill_partner_hsds_id'),
    ]

    operations = [
        migrations.AlterField(
            model_name='partner',
            name='hsds_id',
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.UniqueConstraint(fields=('stek', 'hsds_id'), name='partner_hsds_id_once_per_stek'),
        ),
    ]
