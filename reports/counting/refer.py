"""Verwijzen: questions at the table, and what was referred to partners."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Role
from forms_help import tallies as table
from forms_help.outcomes import Outcome, UnmetReason
from forms_help.tallies import HelpTally, QuestionTally
from referrals import tallies
from referrals.states import State, Warmth
from referrals.tallies import Answered, ReferralTally
from reports.counted import ALL, Entry, Tally, in_order
from reports.counting.grouping import Parts, figures, fixed, grouped, listed
from visits.period import Period

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHAT, BABBLE = "chat", gettext_lazy("babbel")
#: Who helped, when it was no partner.
OF_STEK = {
    Role.COMMUNITY_WORKER: gettext_lazy("opbouwwerker"),
    Role.COORDINATOR: gettext_lazy("coördinator"),
}
VOLUNTEERS = gettext_lazy("vrijwilligers")


def count(parts: Parts, period: Period) -> Mapping[int, Mapping[str, Tally]]:
    """Eight queries."""
    span = (period.first, period.last)
    questions = listed(table.questions(parts, *span), parts)
    helped = listed(table.help_types(parts, *span), parts)
    referred = listed(tallies.referrals(parts, *span), parts)
    answered = listed(tallies.answered(parts, *span), parts)
    asking: Counter[int] = Counter()
    for stek_id, households in table.asking_households(parts, *span).items():
        asking[parts[stek_id]] += households
    return {
        part: {
            **_questions(asked, helped[part]),
            **_referrals(referred[part], answered[part]),
            "refer": _figures(asked, referred[part], asking[part]),
        }
        for part, asked in questions.items()
    }


def _figures(questions: list[QuestionTally], referred: list[ReferralTally], asking: int) -> Tally:
    return figures(
        {
            "questions": _("vragen"),
            "asking": _("huishoudens met een vraag"),
            "unmet": _("vragen die niet lukten"),
            "referrals": _("doorverwijzingen"),
        },
        {
            "questions": sum(row.questions for row in questions),
            "asking": asking,
            "unmet": sum(r.questions for r in questions if r.outcome == Outcome.NOT_SOLVED),
            "referrals": sum(row.referrals for row in referred),
        },
    )


def theme_of(key: str, name: str) -> "tuple[str, StrOrPromise]":
    """The row of a theme: by its key where it has one, so that STEKs can be added up."""
    if not name:
        return CHAT, BABBLE
    return key or f"name:{name.casefold()}", name


def _questions(rows: list[QuestionTally], helped: list[HelpTally]) -> Mapping[str, Tally]:
    outcomes = {outcome.value: str(outcome.label) for outcome in Outcome}
    reasons = dict(UnmetReason.choices)
    unmet = [row for row in rows if row.outcome == Outcome.NOT_SOLVED]
    return {
        "questions_theme": grouped(
            "questions_theme", ((*theme_of(r.theme_key, r.theme), r.questions) for r in rows)
        ),
        "questions_help": grouped(
            "questions_help",
            ((*theme_of(r.help_key, r.help_type), r.questions) for r in helped),
            total=sum(row.questions for row in rows),
        ),
        "questions_outcome": fixed(
            "questions_outcome",
            dict(Outcome.choices),
            {o: sum(r.questions for r in rows if r.outcome == o) for o in Outcome},
        ),
        "questions_organisation": grouped(
            "questions_organisation", ((*_helper(row), row.questions) for row in rows)
        ),
        "unmet_reason": grouped(
            "unmet_reason", ((r.unmet_reason, reasons[r.unmet_reason], r.questions) for r in unmet)
        ),
        "unmet_theme": grouped(
            "unmet_theme", ((*theme_of(r.theme_key, r.theme), r.questions) for r in unmet)
        ),
        "questions_flow": grouped(
            "questions_flow",
            ((*_flow(row, outcomes[row.outcome]), row.questions) for row in rows),
        ),
    }


def _helper(row: QuestionTally) -> "tuple[str, StrOrPromise]":
    """The partner; or whoever of the STEK itself."""
    if row.organisation:
        return f"partner:{row.organisation.casefold()}", row.organisation
    if row.helper_role in OF_STEK:
        return row.helper_role, OF_STEK[Role(row.helper_role)]
    return "volunteer", VOLUNTEERS


def _flow(row: QuestionTally, outcome: str) -> tuple[str, str]:
    key, label = theme_of(row.theme_key, row.theme)
    return f"{key}>{row.outcome}", f"{label} → {outcome}"


def _referrals(rows: list[ReferralTally], answered: list[Answered]) -> Mapping[str, Tally]:
    states = [state for state in State if state not in {State.PROPOSED, State.CONSENTED}]
    everything, known = sum(r.referrals for r in rows), sum(r.known for r in rows)
    return {
        "referrals_partner": grouped(
            "referrals_partner",
            ((f"partner:{r.partner.casefold()}", r.partner, r.referrals) for r in rows),
        ),
        "referrals_warmth": fixed(
            "referrals_warmth",
            dict(Warmth.choices),
            {w: sum(r.referrals for r in rows if r.warmth == w) for w in Warmth},
        ),
        "referrals_state": fixed(
            "referrals_state",
            {state.value: state.label for state in states},
            {s: sum(r.referrals for r in rows if r.state == s) for s in states},
        ),
        "referrals_known": fixed(
            "referrals_known",
            {"known": _("bekend binnen 30 dagen"), "not_known": _("niet of later bekend")},
            {"known": known, "not_known": everything - known},
        ),
        "answer_days": _means(answered),
    }


def _means(answered: list[Answered]) -> Tally:
    """By partner, and of all together: the sum of the days, and of how many it is."""
    rows: dict[str, Entry] = {}
    if answered:
        rows[ALL] = Entry(_("alle partners"), sum(a.days for a in answered), len(answered))
    for one in answered:
        key = f"partner:{one.partner.casefold()}"
        there = rows.get(key, Entry(one.partner, 0, 0))
        label = min(there.label, one.partner)
        rows[key] = Entry(label, there.number + one.days, (there.of or 0) + 1)
    return Tally(in_order("answer_days", rows))
