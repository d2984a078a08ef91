"""STEKs that were there already get the lists that a new one starts with."""

from django.db import migrations

from forms_help import starting
from forms_help.starting_names import DOCUMENT_NAMES


def start(apps, schema_editor):
    stek_model = apps.get_model("places", "Stek")
    partner_model = apps.get_model("places", "Partner")
    document_model = apps.get_model("forms_help", "Document")
    name_model = apps.get_model("forms_help", "DocumentName")
    for stek in stek_model.objects.all():
        partners = {
            line.name: partner_model.objects.create(
                stek=stek, name=line.name, line=line.line, on_site=False, position=place * 10
            )
            for place, line in enumerate(starting.PARTNERS, start=1)
        }
        documents = {
            line.key: document_model.objects.create(
                stek=stek, key=line.key, name=line.name, pictogram=line.pictogram.value,
                position=place * 10,
            )
            for place, line in enumerate(starting.DOCUMENTS, start=1)
        }
        name_model.objects.bulk_create(
            name_model(document=documents[key], language=language, name=name)
            for key, names in DOCUMENT_NAMES.items()
            for language, name in names.items()
        )
        for model, lines in (("Theme", starting.THEMES), ("HelpType", starting.HELP_TYPES)):
            for place, line in enumerate(lines, start=1):
                row = apps.get_model("forms_help", model).objects.create(
                    stek=stek, key=line.key, name=line.name, position=place * 10
                )
                row.documents.set(documents[key] for key in line.documents)
                row.partners.set(partners[name] for name in line.partners)


class Migration(migrations.Migration):

    dependencies = [
        ('forms_help', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(start, migrations.RunPython.noop),
    ]
