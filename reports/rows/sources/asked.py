"""The rows behind verwijzen: questions and referrals."""

from django.db import models
from django.db.models import Q

from accounts.roles import Role
from forms_help.models import HelpType, Question, Theme
from forms_help.outcomes import Outcome, UnmetReason
from referrals.figure import WITHIN
from referrals.querysets import Days
from referrals.states import KNOWN, State, Warmth
from reports.counted import ALL
from reports.counting.refer import OF_STEK
from reports.rows.sources.place import Behind, Place, one_of, partners_named, rows, words_of_row


def _refer(place: Place, row: str) -> Behind:
    if row == "asking":
        asked = place.questions().filter(visit__household__isnull=False).order_by()
        ids = set(asked.values_list("visit__household_id", flat=True))
        return rows(place.households(ids))
    if row == "referrals":
        return rows(place.referrals())
    one_of(row, {"questions", "unmet"})
    return rows(place.questions() if row == "questions" else _unmet(place))


def _unmet(place: Place) -> "models.QuerySet[Question]":
    return place.questions().filter(outcome=Outcome.NOT_SOLVED)


def _theme(place: Place, row: str) -> Q:
    if row == "chat":
        return Q(theme__isnull=True)
    return Q(theme__in=words_of_row(Theme, place, row))


def _questions_theme(place: Place, row: str) -> Behind:
    return rows(place.questions().filter(_theme(place, row)))


def _unmet_theme(place: Place, row: str) -> Behind:
    return rows(_unmet(place).filter(_theme(place, row)))


def _questions_help(place: Place, row: str) -> Behind:
    """A question with two kinds of help that make one row counts twice, so it is here twice."""
    return rows(place.questions().filter(help_types__in=words_of_row(HelpType, place, row)))


def _questions_outcome(place: Place, row: str) -> Behind:
    one_of(row, Outcome.values)
    return rows(place.questions().filter(outcome=row))


def _questions_organisation(place: Place, row: str) -> Behind:
    asked = place.questions()
    if row == "volunteer":
        return rows(asked.filter(organisation__isnull=True).exclude(helper_role__in=OF_STEK))
    if row in OF_STEK:
        return rows(asked.filter(organisation__isnull=True, helper_role=Role(row)))
    return rows(asked.filter(organisation__in=partners_named(place, row)))


def _unmet_reason(place: Place, row: str) -> Behind:
    one_of(row, UnmetReason.values)
    return rows(_unmet(place).filter(unmet_reason=row))


def _questions_flow(place: Place, row: str) -> Behind:
    theme, _arrow, outcome = row.rpartition(">")
    one_of(outcome, Outcome.values)
    return rows(place.questions().filter(_theme(place, theme), outcome=outcome))


def _referrals_partner(place: Place, row: str) -> Behind:
    return rows(place.referrals().filter(partner__in=partners_named(place, row)))


def _referrals_warmth(place: Place, row: str) -> Behind:
    one_of(row, Warmth.values)
    return rows(place.referrals().filter(warmth=row))


def _referrals_state(place: Place, row: str) -> Behind:
    one_of(row, set(State.values) - {State.PROPOSED, State.CONSENTED})
    return rows(place.referrals().filter(state=row))


def _referrals_known(place: Place, row: str) -> Behind:
    one_of(row, {"known", "not_known"})
    sent = place.referrals().annotate(took=Days("outcome_known_at", "contacted_at"))
    known = sent.filter(state__in=KNOWN, took__lte=WITHIN)
    if row == "known":
        return rows(known)
    return rows(sent.exclude(pk__in=known.order_by().values("pk")))


def _answer_days(place: Place, row: str) -> Behind:
    answered = place.referrals().warm().filter(answered_at__isnull=False)
    if row == ALL:
        return rows(answered)
    return rows(answered.filter(partner__in=partners_named(place, row)))


TABLES = {
    "refer": _refer,
    "questions_theme": _questions_theme,
    "unmet_theme": _unmet_theme,
    "questions_help": _questions_help,
    "questions_outcome": _questions_outcome,
    "questions_organisation": _questions_organisation,
    "unmet_reason": _unmet_reason,
    "questions_flow": _questions_flow,
    "referrals_partner": _referrals_partner,
    "referrals_warmth": _referrals_warmth,
    "referrals_state": _referrals_state,
    "referrals_known": _referrals_known,
    "answer_days": _answer_days,
}
