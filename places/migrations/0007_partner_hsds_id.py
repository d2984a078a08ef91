from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0006_partner_reach'),
    ]

    operations = [
        migrations.AddField(
            model_name='partner',
            name='hsds_id',
            field=models.UUIDField(editable=False, null=True),
        ),
    ]
