from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0010_mail_and_reminders'),
        ('reviews', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_kind_known',
        ),
        migrations.AlterField(
            model_name='decision',
            name='kind',
            field=models.CharField(choices=[('follow_up', 'Opvolgingen'), ('opening', 'Dagen die niet gesloten zijn'), ('request', 'Aanvragen van toeleiders'), ('waiting', 'Doorverwijzingen die wachten'), ('silent', 'Partners die zwijgen'), ('ending', 'Toegang die eindigt'), ('new', 'Nieuwe huishoudens'), ('duplicate', 'Misschien dubbel'), ('missing', 'Er ontbreekt iets'), ('signal', 'Signalen om te sorteren'), ('bundle', 'Structurele signalen die wachten'), ('unseen', 'Acht weken niet gezien'), ('leaving', 'Gaat uit de boeken'), ('unused', 'Accounts die niemand gebruikt')], max_length=10, verbose_name='soort'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['follow_up', 'opening', 'request', 'waiting', 'silent', 'ending', 'new', 'duplicate', 'missing', 'signal', 'bundle', 'unseen', 'leaving', 'unused'])), name='decision_kind_known'),
        ),
    ]
