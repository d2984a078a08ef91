import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_outgoing_mail'),
    ]

    operations = [
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('browser', models.CharField(blank=True, choices=[('firefox', 'Firefox'), ('edge', 'Edge'), ('chrome', 'Chrome'), ('safari', 'Safari'), ('other', 'een andere browser')], max_length=10)),
                ('machine', models.CharField(blank=True, choices=[('windows', 'Windows'), ('mac', 'een Mac'), ('linux', 'Linux'), ('android', 'een Android-toestel'), ('apple', 'een iPhone of iPad'), ('other', 'een ander toestel')], max_length=10)),
                ('since', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'sessie',
                'verbose_name_plural': 'sessies',
                'abstract': False,
            },
        ),
    ]
