"""What an export of raw rows is about, in which form, why, and how far it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Subject(models.TextChoices):
    VISITS = "visits", _("bezoeken")
    QUESTIONS = "questions", _("vragen")
    REFERRALS = "referrals", _("doorverwijzingen")
    HOUSEHOLDS = "households", _("huishoudens")


class FileFormat(models.TextChoices):
    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Excel (XLSX)")
    ODS = "ods", _("LibreOffice (ODS)")


class Why(models.TextChoices):
    """For what somebody takes rows about people out of the house."""

    OWN_WORK = "own_work", _("voor ons eigen werk")
    SAAMO = "saamo", _("voor SAAMO")
    FUNDER = "funder", _("voor wie ons betaalt")
    STUDY = "study", _("voor een onderzoek")
    OTHER = "other", _("voor iets anders")


class State(models.TextChoices):
    WAITING = "waiting", _("wacht")
    RUNNING = "running", _("bezig")
    DONE = "done", _("klaar")
    FAILED = "failed", _("niet gelukt")
    CANCELLED = "cancelled", _("gestopt")
    GONE = "gone", _("weg")


#: Nothing has come of it yet.
BUSY = frozenset({State.WAITING, State.RUNNING})
