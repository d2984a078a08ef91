import places.sensitive
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0005_table_change'),
    ]

    operations = [
        migrations.AddField(
            model_name='partner',
            name='email',
            field=models.EmailField(blank=True, max_length=254, validators=[places.sensitive.no_national_number], verbose_name='e-mail voor doorverwijzingen'),
        ),
        migrations.AddField(
            model_name='partner',
            name='phone',
            field=models.CharField(blank=True, max_length=32, validators=[places.sensitive.no_national_number], verbose_name='telefoon'),
        ),
        migrations.AddField(
            model_name='partner',
            name='website',
            field=models.URLField(blank=True, validators=[places.sensitive.no_national_number], verbose_name='website'),
        ),
    ]
