from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("referrals", "0003_a_link_does_not_say_when_it_was_used")]

    operations = [
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_appointment_has_time',
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'appointment'), _negated=True), ('appointment_at__isnull', False), ('voided_at__isnull', False), _connector='OR'), name='referral_appointment_has_time', violation_error_message='Vul de dag en het uur van de afspraak in.'),
        ),
    ]
