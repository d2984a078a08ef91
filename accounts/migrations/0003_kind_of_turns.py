"""Turns at the table that were there before their kind: no volunteer's name may become public.

Colleagues get the kind of their role. Of the other names only those of well-known organisations
are taken for a partner; a coordinator can put the rest right.
"""

from django.db import migrations

ORGANISATIONS = (
    "caw", "ligo", "ocmw", "sociaal huis", "rap op stap", "twinkeltje", "mutualiteit", "dmw", "cm",
    "huis van het kind", "vdab", "huisvesting", "gemeente", "saamo",
)


def tell(apps, schema_editor):
    turns = apps.get_model("places", "TableTurn").objects.select_related("hours")
    memberships = apps.get_model("accounts", "Membership").objects.select_related("user")
    for turn in turns:
        who = turn.who.strip().lower()
        colleagues = [
            one
            for one in memberships.filter(stek_id=turn.hours.stek_id)
            if who in {one.user.first_name.lower(), f"{one.user.first_name} {one.user.last_name}".lower()}
        ]
        if any(one.role == "community_worker" for one in colleagues):
            turn.kind = "community_worker"
        elif colleagues or not any(who.startswith(name) for name in ORGANISATIONS):
            turn.kind = "volunteer"
        else:
            continue
        turn.save(update_fields=["kind"])


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_membership_partner'),
    ]

    operations = [
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
