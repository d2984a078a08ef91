"""What waits in the inbox, what somebody decides on it, why a week is reopened; only words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The sources of the inbox, in the order of the page."""

    FOLLOW_UP = "follow_up", _("Opvolgingen")
    OPENING = "opening", _("Dagen die niet gesloten zijn")
    REQUEST = "request", _("Aanvragen van toeleiders")
    WAITING = "waiting", _("Doorverwijzingen die wachten")
    SILENT = "silent", _("Partners die zwijgen")
    ENDING = "ending", _("Toegang die eindigt")
    NEW = "new", _("Nieuwe huishoudens")
    DUPLICATE = "duplicate", _("Misschien dubbel")
    MISSING = "missing", _("Er ontbreekt iets")
    SIGNAL = "signal", _("Signalen om te sorteren")
    BUNDLE = "bundle", _("Structurele signalen die wachten")
    UNSEEN = "unseen", _("Acht weken niet gezien")
    LEAVING = "leaving", _("Gaat uit de boeken")
    UNUSED = "unused", _("Accounts die niemand gebruikt")
    READING = "reading", _("Ongewoon gekeken")


#: Sources whose rows are households: with two that are merged, what was decided goes along.
OF_HOUSEHOLDS = (Kind.ENDING, Kind.NEW, Kind.DUPLICATE, Kind.MISSING, Kind.UNSEEN, Kind.LEAVING)


class What(models.TextChoices):
    SEEN = "seen", _("gezien")
    ASSIGNED = "assigned", _("toegewezen")
    WAITS = "waits", _("wacht")
    DONE = "done", _("afgesloten")


class ReopenReason(models.TextChoices):
    LATE = "late", _("er kwam nog iets bij")
    WRONG = "wrong", _("er stond iets fout")
    MISTAKE = "mistake", _("vergissing")
