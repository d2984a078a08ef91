import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0009_partner_hsds_id_required'),
    ]

    operations = [
        migrations.AddField(
            model_name='stek',
            name='consent_months',
            field=models.PositiveSmallIntegerField(default=6, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='toestemming voor een partner geldt (maanden)'),
        ),
        migrations.AddField(
            model_name='stek',
            name='mails_per_day',
            field=models.PositiveSmallIntegerField(default=40, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='hoogstens zoveel mails per dag'),
        ),
        migrations.AddField(
            model_name='stek',
            name='remind_days',
            field=models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='herinnering aan een partner die zwijgt (dagen)'),
        ),
        migrations.AddField(
            model_name='stek',
            name='sends_mail',
            field=models.BooleanField(default=True, help_text='Uit: wat klaarstaat, wacht tot dit weer aan staat.', verbose_name='stuurt mail naar partners'),
        ),
        migrations.AddField(
            model_name='stek',
            name='silent_days',
            field=models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='daarna de opbouwwerker verwittigen (dagen)'),
        ),
        migrations.AddField(
            model_name='stek',
            name='unknown_days',
            field=models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='daarna “onbekend” voorstellen (dagen)'),
        ),
    ]
