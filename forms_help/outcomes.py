"""What came of a question, in the coded words that the table offers and the figures count."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    HANDLED = "handled", _("afgehandeld")
    COME_BACK = "come_back", _("terugkomen met papieren")
    FOLLOW_UP = "follow_up", _("op te volgen")
    REFERRED = "referred", _("doorverwezen")
    NOT_SOLVED = "not_solved", _("niet gelukt")


#: With these something is still to do.
OPEN_OUTCOMES = frozenset({Outcome.COME_BACK, Outcome.FOLLOW_UP})


class UnmetReason(models.TextChoices):
    """Why it did not work out; these count as unmet needs."""

    NOT_ENTITLED = "not_entitled", _("geen recht op")
    SERVICE_AWAY = "service_away", _("dienst niet bereikbaar")
    DIGITAL = "digital", _("website of itsme werkte niet")
    TOO_LATE = "too_late", _("termijn voorbij")
    UNKNOWN = "unknown", _("we wisten het niet")
    LANGUAGE = "language", _("taal")
    NO_TIME = "no_time", _("te weinig tijd")
    STOPPED = "stopped", _("wou niet verder")
    OTHER = "other", _("andere reden")


class Minutes(models.IntegerChoices):
    """How long it took, as a band; the value is what figures add up."""

    TEN = 10, _("10 min")
    TWENTY = 20, _("20 min")
    THIRTY = 30, _("30 min")
    LONGER = 60, _("langer")


class QuestionVoidReason(models.TextChoices):
    UNDONE = "undone", _("ongedaan gemaakt")
    MISTAKE = "mistake", _("vergissing")
    WRONG_PERSON = "wrong", _("verkeerde persoon")
    DOUBLE = "double", _("dubbel")


class DropReason(models.TextChoices):
    """Why a follow-up is let go without being done."""

    NOT_NEEDED = "not_needed", _("niet meer nodig")
    ELSEWHERE = "elsewhere", _("elders geholpen")
    NOT_SEEN = "not_seen", _("niet meer gezien")
    MISTAKE = "mistake", _("vergissing")
