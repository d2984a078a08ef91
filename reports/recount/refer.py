"""Verwijzen and politiseren again: questions, referrals, signals."""

import datetime as dt
from collections import Counter, defaultdict

from accounts.roles import Role
from forms_help.models import Question
from forms_help.outcomes import Outcome, UnmetReason
from policy.states import Phase
from referrals.models import Referral
from referrals.states import State, Warmth
from reports.counted import Counted, Entry, Tally
from reports.recount.rows import Rows, lies_in, local_day
from reports.recount.tables import figures_of, row_of_word, rows_found, rows_of
from visits.period import Period


def asked(rows: Rows, period: Period) -> Counted:
    questions = [
        question
        for question in rows.questions
        if lies_in(question.opening.day, period)
        and question.voided_at is None
        and (question.visit is None or question.visit.voided_at is None)
    ]
    unmet = [question for question in questions if question.outcome == "not_solved"]
    households = {q.visit.household_id for q in questions if q.visit is not None} - {None}
    sent = sum(_is_counted(referral, period) for referral in rows.referrals)
    themes = [(row_of_word(question.theme, ("chat", "babbel")), question) for question in questions]
    return {
        "refer": figures_of(
            {
                "questions": "vragen",
                "asking": "huishoudens met een vraag",
                "unmet": "vragen die niet lukten",
                "referrals": "doorverwijzingen",
            },
            {
                "questions": len(questions),
                "asking": len(households),
                "unmet": len(unmet),
                "referrals": sent,
            },
        ),
        "questions_theme": rows_found(theme for theme, _question in themes),
        "questions_help": rows_found(
            (
                row_of_word(kind, ("", ""))
                for question in questions
                for kind in question.help_types.all()
            ),
            len(questions),
        ),
        "questions_outcome": rows_of(
            {outcome.value: str(outcome.label) for outcome in Outcome},
            Counter(question.outcome for question in questions),
        ),
        "questions_organisation": rows_found(_who_helped(question) for question in questions),
        "unmet_reason": rows_found(
            (q.unmet_reason, str(UnmetReason(q.unmet_reason).label)) for q in unmet
        ),
        "unmet_theme": rows_found(theme for theme, q in themes if q.outcome == "not_solved"),
        "questions_flow": rows_found(
            (f"{key}>{q.outcome}", f"{name} → {Outcome(q.outcome).label}")
            for (key, name), q in themes
        ),
    }


def _who_helped(question: Question) -> tuple[str, str]:
    if question.organisation is not None:
        name = question.organisation.name
        return f"partner:{name.casefold()}", name
    if question.helper_role == Role.COMMUNITY_WORKER:
        return question.helper_role, "opbouwwerker"
    if question.helper_role == Role.COORDINATOR:
        return question.helper_role, "coördinator"
    return "volunteer", "vrijwilligers"


def _is_counted(referral: Referral, period: Period) -> bool:
    at = referral.contacted_at
    return referral.voided_at is None and at is not None and lies_in(local_day(at), period)


def _is_known(referral: Referral) -> bool:
    """In a state that says what came of it, at most thirty times 24 hours after the contact."""
    known, contact = referral.outcome_known_at, referral.contacted_at
    if referral.state not in {"arrived", "closed", "refused", "dropped_out"}:
        return False
    if known is None or contact is None:
        return False
    return known - contact <= dt.timedelta(days=30)


def referred(rows: Rows, period: Period) -> Counted:
    sent = [referral for referral in rows.referrals if _is_counted(referral, period)]
    known = sum(map(_is_known, sent))
    days: dict[str, list[int]] = defaultdict(list)
    names: dict[str, str] = {}
    for one in sent:
        if one.warmth == "warm" and one.answered_at and one.contacted_at:
            key = f"partner:{one.partner.name.casefold()}"
            names[key] = min(one.partner.name, names.get(key, one.partner.name))
            passed = (local_day(one.answered_at) - local_day(one.contacted_at)).days
            days[key].append(max(0, passed))
    means = {key: Entry(names[key], sum(some), len(some)) for key, some in days.items()}
    if means:
        together = [number for some in days.values() for number in some]
        means["all"] = Entry("alle partners", sum(together), len(together))
    return {
        "referrals_partner": rows_found(
            (f"partner:{one.partner.name.casefold()}", one.partner.name) for one in sent
        ),
        "referrals_warmth": rows_of(
            {warmth.value: str(warmth.label) for warmth in Warmth},
            Counter(one.warmth for one in sent),
        ),
        "referrals_state": rows_of(
            {s.value: str(s.label) for s in State if s.value not in {"proposed", "consented"}},
            Counter(one.state for one in sent),
        ),
        "referrals_known": rows_of(
            {"known": "bekend binnen 30 dagen", "not_known": "niet of later bekend"},
            {"known": known, "not_known": len(sent) - known},
        ),
        "answer_days": Tally(means),
    }


def policy(rows: Rows, period: Period) -> Counted:
    noted = [
        s for s in rows.signals if s.voided_at is None and lies_in(local_day(s.noted_at), period)
    ]
    bundles = [bundle for bundle in rows.bundles if bundle.voided_at is None]
    together = sum(signal.with_visitors for signal in noted)
    return {
        "policy": figures_of(
            {
                "signals": "signalen",
                "handed_on": "signalen doorgegeven",
                "answered": "antwoorden op signalen",
            },
            {
                "signals": len(noted),
                "handed_on": sum(lies_in(bundle.handed_on, period) for bundle in bundles),
                "answered": sum(lies_in(bundle.answered_on, period) for bundle in bundles),
            },
        ),
        "signals_theme": rows_found(row_of_word(s.theme, ("none", "zonder thema")) for s in noted),
        "signals_phase": rows_of(
            {phase.value: str(phase.label) for phase in Phase},
            Counter(s.bundle.phase if s.bundle else s.phase for s in noted),
        ),
        "signals_visitors": rows_of(
            {"with": "samen met bezoekers", "without": "zonder bezoekers"},
            {"with": together, "without": len(noted) - together},
        ),
    }
