"""What opens without a role, as a literal table: public pages, keys, signing in, one's own account.

By route: the methods besides HEAD, what stands in its address, and every status that anybody may
get there. Whose rows a key leads to follows from the key; who is signed in does not matter.
"""

#: For whoever has no account: the public page with what belongs to it, signing in, and what opens
#: with a key in the address or a token in a header.
PUBLIC: dict[str, tuple[str, tuple[str, ...], set[int]]] = {
    "home": ("GET", (), {200, 302}),
    "public": ("GET", ("slug:slug",), {200}),
    "privacy": ("GET", ("slug:slug",), {200}),
    "first_privacy": ("GET", (), {200}),
    "poster": ("GET", ("slug:slug",), {200}),
    "first_calendar": ("GET", (), {200}),
    "calendar": ("GET", ("slug:slug",), {200}),
    "calendar_shop": ("GET", ("slug:slug",), {200}),
    "calendar_table": ("GET", ("slug:slug",), {200}),
    "calendar_activities": ("GET", ("slug:slug",), {200}),
    "health": ("GET", (), {200, 503}),
    # signing in, and the shared laptop before anybody does
    "account_login": ("GET POST", (), {200, 302}),
    "mfa_authenticate": ("GET POST", (), {302}),
    "accounts:lock_screen": ("GET POST", (), {200, 302, 422}),
    "accounts:lock": ("POST", (), {302}),
    # with a key in the address
    "accounts:accept_invitation": ("GET POST", ("key:invited",), {200, 302, 403, 422}),
    "inbound:ask_access": ("GET POST", ("token:asking",), {200, 422}),
    "answers:code": ("GET POST", (), {200, 422}),
    "answers:answer": ("GET POST", ("token:answering",), {200, 422}),
    "answers:renew_link": ("POST", ("token:answering",), {302}),
    # with a token in a header
    "api:figures": ("GET", (), {200, 401}),
    "api:figures_of": ("GET", ("stek:slug", "period:quarter"), {200, 401, 404}),
    "api:sums": ("GET", ("period:quarter",), {200, 401, 404}),
    "api:meanings": ("GET", (), {200, 401}),
    "api:openapi": ("GET", (), {200}),
    "api:nothing": ("GET", (), {401, 404}),
    "api:unknown": ("GET", ("rest:anything",), {401, 404}),
}
#: For any account, whatever its role: one's own.
ANY_ACCOUNT: dict[str, tuple[str, tuple[str, ...], set[int]]] = {
    "account_logout": ("GET POST", (), {200, 302}),
    "account_change_password": ("GET POST", (), {200, 302, 422}),
    "accounts:account": ("GET", (), {200}),
    "accounts:end_session": ("POST", (), {302}),
    "accounts:end_other_sessions": ("POST", (), {302}),
    "accounts:set_up_factor": ("GET POST", (), {200, 302, 422}),
    "accounts:remove_factor": ("GET POST", (), {200, 302, 422}),
    "accounts:recovery_codes": ("GET", (), {200, 302}),
    "accounts:renew_codes": ("GET POST", (), {200, 302, 422}),
}
#: Of these, what opens with a PIN too; for the others the password is asked.
ACCOUNT_WITH_PIN = {"account_logout"}

#: What the pages above may show of a STEK, by field; of any other STEK nothing at all. The privacy
#: statement and the public page: who stands where when.
ON_PUBLIC_PAGES = {
    "places.TableTurn.who", "places.TableChange.who", "places.ClosingDay.reason",
    "places.ChangedDay.reason", "places.Partner.name", "places.Partner.line",
    "places.Partner.phone", "places.Partner.website", "visits.Activity.title",
}  # fmt: skip
#: To whoever holds its key: the partner whom it is about, the referrer what was sent.
WITH_A_KEY = {
    "accounts:accept_invitation": {"accounts.Invitation.email"},
    "inbound:ask_access": {"people.Referrer.name", "referrals.InboundReferral.initials"},
    "answers:answer": {
        "people.Household.first_name", "people.Household.last_name", "people.Household.phone",
        "places.Partner.name", "forms_help.Theme.name", "referrals.Referral.ask_for",
        "referrals.ReferralStep.ask_for", "referrals.Referral.appointment_place",
        "accounts.User.first_name",
    },
}  # fmt: skip
