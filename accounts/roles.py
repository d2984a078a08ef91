"""The five roles and the groups that doors are opened for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    VOLUNTEER = "volunteer", _("vrijwilliger")
    HELPER = "helper", _("helper Koffie & Formulieren")
    COMMUNITY_WORKER = "community_worker", _("opbouwwerker")
    COORDINATOR = "coordinator", _("coördinator")
    ADMINISTRATOR = "administrator", _("beheerder")


#: Counter and today's list.
COUNTER = frozenset(Role)
#: The table of Koffie & Formulieren: the line, and questions.
TABLE = frozenset({Role.VOLUNTEER, Role.HELPER, Role.COMMUNITY_WORKER, Role.COORDINATOR})
#: Noting a signal: whoever meets visitors.
SIGNALLING = TABLE
#: The list of what is to follow up, and activities.
FOLLOWING = frozenset({Role.HELPER, Role.COMMUNITY_WORKER, Role.COORDINATOR})
#: Household record with its history.
RECORD = frozenset({Role.COMMUNITY_WORKER, Role.COORDINATOR})
#: Import, access, erase.
COORDINATION = frozenset({Role.COORDINATOR})
#: Django's admin: a coordinator invites and keeps the lists, an administrator the rest.
OFFICE = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})

#: Which roles somebody may give, and so whose account they may change.
GRANTS = {
    Role.COORDINATOR: frozenset({Role.VOLUNTEER, Role.HELPER}),
    Role.ADMINISTRATOR: frozenset(Role),
}
