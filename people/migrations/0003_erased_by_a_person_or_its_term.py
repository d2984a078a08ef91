"""The machine may erase, when the term is over; a person says why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_consent")]

    operations = [
        migrations.RemoveConstraint(
            model_name='household',
            name='household_erased_at_by',
        ),
        migrations.RenameField(
            model_name='household',
            old_name='erased_by',
            new_name='eraser',
        ),
        migrations.AddField(
            model_name='household',
            name='erased_reason',
            field=models.CharField(blank=True, choices=[('asked', 'de bezoeker vroeg het'), ('mistake', 'per vergissing ingeschreven'), ('term', 'de bewaartermijn is voorbij')], editable=False, max_length=8, verbose_name='gewist omdat'),
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('erased_at__isnull', True), ('erased_reason', ''), ('eraser__isnull', True)), models.Q(('erased_at__isnull', False), ('eraser__isnull', False)), models.Q(('erased_at__isnull', False), ('erased_reason', 'term'), ('eraser__isnull', True)), _connector='OR'), name='household_erased_by_person_or_term'),
        ),
    ]
