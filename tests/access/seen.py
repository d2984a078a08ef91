"""Which role may meet what of a visitor of its own STEK, on any page: a literal table by field.

What says something of a visitor and is not in it, nobody meets on a page. Colleagues, and contacts
of partners, are known to everybody who works there.
"""

from accounts.roles import Role
from stek.privacy import FIELDS, Privacy
from tests.access.doors import COORDINATOR, EVERYBODY, OFFICE, RECORD

VISITORS: dict[str, set[Role]] = {
    # At the counter: who comes in, what was left for them, what they would bring.
    "people.Household.first_name": EVERYBODY,
    "people.Household.last_name": EVERYBODY,
    "visits.Message.text": EVERYBODY,
    "forms_help.FollowUp.what": EVERYBODY,
    # The record.
    "people.Household.phone": RECORD,
    "people.Member.first_name": RECORD,
    "people.Member.last_name": RECORD,
    # A note is for whoever wrote it and for the record; nobody here wrote this one.
    "forms_help.Question.note": RECORD,
    # A referral of a colleague.
    "referrals.Referral.appointment_place": RECORD,
    "referrals.Referral.ask_for": RECORD,
    "referrals.ReferralStep.appointment_place": RECORD,
    "referrals.ReferralStep.ask_for": RECORD,
    # Requests of referrers, before they are decided.
    "referrals.InboundReferral.first_name": COORDINATOR,
    "referrals.InboundReferral.last_name": COORDINATOR,
    "referrals.InboundReferral.phone": COORDINATOR,
    "referrals.InboundReferral.initials": COORDINATOR,
    # Who may become a colleague.
    "accounts.Invitation.email": OFFICE,
}
#: With a PIN, whoever it is.
WITH_A_PIN = {
    "people.Household.first_name", "people.Household.last_name", "visits.Message.text",
    "forms_help.FollowUp.what",
}  # fmt: skip
#: Of a household on restriction: whom to greet at the counter, and nothing else to anybody.
ON_RESTRICTION = {"R:people.Household.first_name"}
#: Of people who are no visitors.
OF_COLLEAGUES = (
    "accounts.User.", "places.TableTurn.", "places.TableChange.", "visits.Attendance.",
    "referrals.Contact.",
)  # fmt: skip


def too_much(fields: set[str], role: Role | None, *, by_pin: bool) -> set[str]:
    """Of these fields, what somebody with this role should not have met."""
    return {
        field
        for field in fields
        if (field not in ON_RESTRICTION if field.startswith("R:") else _is_of_a_visitor(field))
        and not (field in WITH_A_PIN if by_pin else role in VISITORS.get(field, set()))
    }


def _is_of_a_visitor(field: str) -> bool:
    return not field.startswith(OF_COLLEAGUES) and FIELDS[field][0] is Privacy.PERSONAL
