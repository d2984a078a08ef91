"""Who leaves the books is announced for a month, and may be kept longer."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0004_restricted_household"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LeavingNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='in de lijst sinds')),
                ('household', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='leaving_notice', to='people.household')),
            ],
            options={
                'verbose_name': 'aankondiging',
                'verbose_name_plural': 'aankondigingen',
            },
        ),
        migrations.CreateModel(
            name='RetentionHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('returns', 'komt binnenkort terug'), ('pending', 'er loopt nog iets'), ('asked', 'de bezoeker vraagt het'), ('claim', 'nodig voor een klacht of een rechtszaak')], max_length=8, verbose_name='reden')),
                ('until', models.DateField(verbose_name='tot en met')),
                ('request_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('held_at', models.DateTimeField(verbose_name='langer bewaard sinds')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='toch niet meer sinds')),
                ('held_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='people.household')),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'langer bewaren',
                'verbose_name_plural': 'langer bewaren',
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['returns', 'pending', 'asked', 'claim'])), name='retention_hold_reason_known'), models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('household',), name='retention_hold_one_live', violation_error_message='Dit huishouden wordt al langer bewaard.'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', True), ('lifted_by__isnull', True)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='retention_hold_lifted_at_by')],
            },
        ),
    ]
