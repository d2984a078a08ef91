import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0010_mail_and_reminders'),
    ]

    operations = [
        migrations.AddField(
            model_name='stek',
            name='terms_done_on',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='stek',
            name='audit_months',
            field=models.PositiveSmallIntegerField(default=12, help_text='Wie wat bekeek of wijzigde. Wat ouder is, verdwijnt en kan je niet meer opvragen.', validators=[django.core.validators.MinValueValidator(6), django.core.validators.MaxValueValidator(36)], verbose_name='logboek bewaren (maanden)'),
        ),
        migrations.AlterField(
            model_name='stek',
            name='identity_months',
            field=models.PositiveSmallIntegerField(default=12, help_text='Telt vanaf het laatste bezoek of het einde van de toegang, wat het laatst komt. Wie weg moet, staat eerst een maand in de lijst “Gaat uit de boeken”.', validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(36)], verbose_name='namen bewaren (maanden)'),
        ),
        migrations.AlterField(
            model_name='stek',
            name='note_days',
            field=models.PositiveSmallIntegerField(default=90, help_text="Een nota bij een vraag verdwijnt vanzelf na zoveel dagen. Voor nota's die er al staan, blijft de dag die erbij stond.", validators=[django.core.validators.MinValueValidator(7), django.core.validators.MaxValueValidator(365)], verbose_name="nota's bij vragen bewaren (dagen)"),
        ),
        migrations.AlterField(
            model_name='stek',
            name='referral_months',
            field=models.PositiveSmallIntegerField(default=6, help_text='Waar en wanneer de afspraak was, en naar wie te vragen. Telt vanaf het einde van de doorverwijzing. De uitkomst blijft.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(24)], verbose_name='details van doorverwijzingen bewaren (maanden)'),
        ),
    ]
