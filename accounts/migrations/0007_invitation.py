import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_old_sessions_go'),
        ('places', '0010_mail_and_reminders'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('volunteer', 'vrijwilliger'), ('helper', 'helper Koffie & Formulieren'), ('community_worker', 'opbouwwerker'), ('coordinator', 'coördinator'), ('administrator', 'beheerder')], max_length=20, verbose_name='rol')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='laatste dag')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mailadres')),
                ('nonce', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('key_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('until', models.DateTimeField(verbose_name='geldig tot')),
                ('request_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='uitgenodigd om')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='aanvaard om')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='ingetrokken om')),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wie aanvaardde')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.partner', verbose_name='werkt voor')),
                ('stek', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='places.stek')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'uitnodiging',
                'verbose_name_plural': 'uitnodigingen',
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['volunteer', 'helper', 'community_worker', 'coordinator', 'administrator'])), name='invitation_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='invitation_accepted_at_by'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='invitation_withdrawn_at_by'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_one_end', violation_error_message='Deze uitnodiging is al aanvaard.'), models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), models.Q(('email', ''), _negated=True)), fields=('stek', 'email'), name='invitation_one_open_per_address', violation_error_message='Voor dit adres is er al een uitnodiging.')],
            },
        ),
    ]
