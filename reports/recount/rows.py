"""Everything of one STEK that figures are counted from, as plain rows, and when each happened."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from forms_help.models import Question
from places.models import Stek
from policy.models import Bundle, Signal
from referrals.models import Referral
from visits.models import Activity, Opening, Visit
from visits.period import Period

BRUSSELS = ZoneInfo("Europe/Brussels")


@dataclass(frozen=True)
class Rows:
    """Struck out or not, of every day."""

    openings: list[Opening]
    visits: list[Visit]
    activities: list[Activity]
    questions: list[Question]
    referrals: list[Referral]
    signals: list[Signal]
    bundles: list[Bundle]

    @classmethod
    def of(cls, stek: Stek) -> "Rows":
        questions = Question.objects.filter(opening__stek=stek).prefetch_related("help_types")
        return cls(
            openings=list(Opening.objects.filter(stek=stek)),
            visits=list(Visit.objects.filter(opening__stek=stek).select_related("opening")),
            activities=list(Activity.objects.filter(stek=stek).select_related("organiser")),
            questions=list(questions.select_related("opening", "visit", "theme", "organisation")),
            referrals=list(Referral.objects.filter(stek=stek).select_related("partner")),
            signals=list(Signal.objects.filter(stek=stek).select_related("theme", "bundle")),
            bundles=list(Bundle.objects.filter(stek=stek)),
        )


def lies_in(day: dt.date | None, period: Period) -> bool:
    return day is not None and period.first <= day <= period.last


def local_day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(BRUSSELS).date()
