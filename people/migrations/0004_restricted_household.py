"""A household whose data is kept and not used."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_erased_by_a_person_or_its_term"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='household',
            name='restricted_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='beperkt op'),
        ),
        migrations.AddField(
            model_name='household',
            name='restricted_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='household',
            name='restricted_reason',
            field=models.CharField(blank=True, choices=[('disputed', 'de bezoeker zegt dat iets niet klopt'), ('objects', 'de bezoeker wil niet dat we dit gebruiken'), ('claim', 'nodig voor een klacht of een rechtszaak')], editable=False, max_length=9, verbose_name='beperkt omdat'),
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('restricted_at__isnull', True), ('restricted_by__isnull', True)), models.Q(('restricted_at__isnull', False), ('restricted_by__isnull', False)), _connector='OR'), name='household_restricted_at_by'),
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('restricted_at__isnull', True), ('restricted_reason', '')), models.Q(('erased_at__isnull', True), ('restricted_at__isnull', False), models.Q(('restricted_reason', ''), _negated=True)), _connector='OR'), name='household_restricted_with_reason'),
        ),
    ]
