"""Who may open which door, as a literal table over every route of the house.

The table is the decision; the code follows. A route that is not in it fails, a door that opens for
somebody else fails, and another STEK's row answers like one that does not exist. What the admin
shows to whom is in tests/stek/office/test_doors.py.
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.roles import Role
from people.models import Household, HouseholdImport
from places.models import Stek
from tests import factories
from tests.cast import Colleague, signed_in, unlocked
from visits.period import week_of

V, H, W, C, A = (
    Role.VOLUNTEER,
    Role.HELPER,
    Role.COMMUNITY_WORKER,
    Role.COORDINATOR,
    Role.ADMINISTRATOR,
)
EVERYBODY = {V, H, W, C, A}
TABLE = {V, H, W, C}
FOLLOWING = {H, W, C}
RECORD = {W, C}
COORDINATOR = {C}
OFFICE = {C, A}

#: route: (methods besides HEAD and OPTIONS, roles, what the ids in its address are of)
DOORS: dict[str, tuple[str, set[Role], tuple[str, ...]]] = {
    "accounts:switch_stek": ("POST", EVERYBODY, ()),
    "accounts:invitations": ("GET POST", OFFICE, ()),
    "accounts:invite_again": ("POST", OFFICE, ("pk:invitation",)),
    "accounts:withdraw_invitation": ("POST", OFFICE, ("pk:invitation",)),
    "accounts:reset_factor": ("GET POST", OFFICE, ("pk:colleague",)),
    "status": ("GET", OFFICE, ()),
    # the shared laptop
    "accounts:devices": ("GET POST", COORDINATOR, ()),
    "accounts:revoke_device": ("POST", COORDINATOR, ("pk:device",)),
    "accounts:pin": ("GET POST", EVERYBODY, ()),
    "accounts:drop_pin": ("POST", EVERYBODY, ()),
    "accounts:awake": ("GET", EVERYBODY, ()),
    "accounts:waiting": ("GET", EVERYBODY, ()),
    "accounts:drop_waiting": ("POST", EVERYBODY, ()),
    # the counter
    "visits:counter": ("GET", EVERYBODY, ()),
    "visits:search": ("POST", EVERYBODY, ("form:opening",)),
    "visits:enter": ("POST", EVERYBODY, ("form:opening",)),
    "visits:check_in": ("POST", EVERYBODY, ("form:opening",)),
    "visits:check_in_anonymous": ("POST", EVERYBODY, ("form:opening",)),
    "visits:new_household": ("POST", EVERYBODY, ("form:opening",)),
    "visits:visit": ("GET", EVERYBODY, ("pk:visit",)),
    "visits:undo": ("POST", EVERYBODY, ("pk:visit",)),
    "visits:void": ("POST", EVERYBODY, ("pk:visit",)),
    "visits:set_purpose": ("POST", EVERYBODY, ("pk:visit",)),
    "visits:deliver_message": ("POST", EVERYBODY, ("pk:visit", "message_pk:message")),
    "visits:open_day": ("POST", EVERYBODY, ()),
    "visits:openings": ("GET POST", EVERYBODY, ()),
    "visits:opening": ("GET", EVERYBODY, ("pk:opening",)),
    "visits:today": ("GET", EVERYBODY, ("pk:opening",)),
    "visits:attendance": ("GET POST", EVERYBODY, ("pk:opening",)),
    "visits:close_day": ("GET POST", EVERYBODY, ("pk:opening",)),
    "visits:reopen_day": ("POST", EVERYBODY, ("pk:opening",)),
    "visits:slips": ("GET POST", EVERYBODY, ("pk:opening",)),
    "visits:print_list": ("GET", EVERYBODY, ("pk:opening",)),
    "visits:print_slips": ("GET", EVERYBODY, ()),
    # the agenda and the activities
    "agenda:list": ("GET", EVERYBODY, ()),
    "agenda:reply": ("POST", EVERYBODY, ("day:date",)),
    "agenda:find": ("GET", RECORD, ()),
    "agenda:day": ("GET POST", RECORD, ("day:date",)),
    "agenda:restore_day": ("POST", RECORD, ("day:date",)),
    "agenda:change_table": ("POST", RECORD, ("day:date",)),
    "agenda:stand_in": ("POST", RECORD, ("day:date",)),
    "activities:list": ("GET", FOLLOWING, ()),
    "activities:create": ("GET POST", FOLLOWING, ()),
    "activities:edit": ("GET POST", FOLLOWING, ("pk:activity",)),
    "activities:count": ("POST", FOLLOWING, ("pk:activity",)),
    "activities:cancel": ("POST", FOLLOWING, ("pk:activity",)),
    "activities:revive": ("POST", FOLLOWING, ("pk:activity",)),
    # households
    "people:search": ("GET POST", RECORD, ()),
    "people:household": ("GET", RECORD, ("pk:household",)),
    "people:visits": ("GET", RECORD, ("pk:household",)),
    "people:timeline": ("GET", RECORD, ("pk:household",)),
    "people:message": ("POST", RECORD, ("pk:household",)),
    "people:withdraw_consent": ("POST", RECORD, ("pk:household", "partner_pk:agreed")),
    "people:drop_message": ("POST", RECORD, ("pk:household", "message_pk:message")),
    "people:expiring": ("GET", RECORD, ()),
    "people:without_access": ("GET", RECORD, ()),
    "people:create": ("GET POST", COORDINATOR, ()),
    "people:edit": ("GET POST", COORDINATOR, ("pk:household",)),
    "people:add_member": ("GET POST", COORDINATOR, ("pk:household",)),
    "people:remove_member": ("GET POST", COORDINATOR, ("pk:household", "member_pk:member")),
    "people:grant": ("GET POST", COORDINATOR, ("pk:household",)),
    "people:renew": ("POST", COORDINATOR, ("pk:access",)),
    "people:suspend": ("GET POST", COORDINATOR, ("pk:access",)),
    "people:resume": ("POST", COORDINATOR, ("pk:access",)),
    "people:end": ("GET POST", COORDINATOR, ("pk:access",)),
    "people:erase": ("GET POST", COORDINATOR, ("pk:household",)),
    "people:everything": ("GET POST", COORDINATOR, ("pk:household",)),
    "people:everything_file": ("GET", COORDINATOR, ("pk:household", "file_format:json")),
    "people:restrict": ("GET POST", COORDINATOR, ("pk:household",)),
    "people:lift_restriction": ("POST", COORDINATOR, ("pk:household",)),
    "people:hold": ("GET POST", COORDINATOR, ("pk:household",)),
    "people:lift_hold": ("POST", COORDINATOR, ("pk:household",)),
    "people:leaving": ("GET", RECORD, ()),
    "register": ("GET", COORDINATOR, ()),
    "breach": ("GET POST", {C, A}, ()),
    "people:cards": ("GET", RECORD, ()),
    # duplicates
    "people:duplicates": ("GET", COORDINATOR, ()),
    "people:pair": ("GET", COORDINATOR, ("pk:pair",)),
    "people:keep_apart": ("POST", COORDINATOR, ("pk:pair",)),
    "people:doubt_again": ("POST", COORDINATOR, ("pk:pair",)),
    "people:merge_choose": ("GET POST", COORDINATOR, ("pk:household",)),
    "people:merge": ("GET POST", COORDINATOR, ("pk:household", "other_pk:double")),
    "people:undo_merge": ("POST", COORDINATOR, ("pk:merge",)),
    # who looked
    "people:looked": ("GET", COORDINATOR, ("pk:household",)),
    "people:looked_choose": ("GET", COORDINATOR, ()),
    "people:looked_by": ("GET", COORDINATOR, ("user_pk:colleague",)),
    # requests of referrers
    "inbound:list": ("GET", COORDINATOR, ()),
    "inbound:make_link": ("POST", COORDINATOR, ("referrer_pk:referrer",)),
    "inbound:revoke_link": ("POST", COORDINATOR, ("pk:inbound_link",)),
    "inbound:accept_as_new": ("POST", COORDINATOR, ("pk:request",)),
    "inbound:accept_for": ("POST", COORDINATOR, ("pk:request", "form:household")),
    "inbound:refuse": ("POST", COORDINATOR, ("pk:request",)),
    "people:card": ("GET", RECORD, ("pk:household",)),
    "people:replace_card": ("GET POST", COORDINATOR, ("pk:household",)),
    # the directory of partners
    "partners:list": ("GET", TABLE, ()),
    "partners:print_list": ("GET", TABLE, ()),
    "partners:partner": ("GET", TABLE, ("pk:partner",)),
    "partners:create": ("GET POST", RECORD, ()),
    "partners:edit": ("GET POST", RECORD, ("pk:partner",)),
    "partners:check": ("POST", RECORD, ("pk:partner",)),
    "partners:take_back_check": ("POST", RECORD, ("pk:partner",)),
    "partners:retire": ("POST", RECORD, ("pk:partner",)),
    "partners:restore": ("POST", RECORD, ("pk:partner",)),
    "partners:create_service": ("GET POST", RECORD, ("pk:partner",)),
    "partners:edit_service": ("GET POST", RECORD, ("pk:service",)),
    "partners:retire_service": ("POST", RECORD, ("pk:service",)),
    "partners:restore_service": ("POST", RECORD, ("pk:service",)),
    "partners:add_contact": ("GET POST", RECORD, ("pk:partner",)),
    "partners:edit_contact": ("GET POST", RECORD, ("pk:contact",)),
    "partners:remove_contact": ("POST", RECORD, ("pk:partner", "contact_pk:contact")),
    # the directory of partners, to and from others
    "hsds:start": ("GET POST", COORDINATOR, ()),
    "hsds:export": ("GET", COORDINATOR, ()),
    "hsds:preview": ("GET", COORDINATOR, ("request_id:directory",)),
    "hsds:confirm": ("POST", COORDINATOR, ("request_id:directory",)),
    "hsds:cancel": ("POST", COORDINATOR, ("request_id:directory",)),
    # the present list
    "people:import_start": ("GET POST", COORDINATOR, ()),
    "people:import_preview": ("GET", COORDINATOR, ("request_id:import",)),
    "people:import_columns": ("POST", COORDINATOR, ("request_id:import",)),
    "people:import_confirm": ("POST", COORDINATOR, ("request_id:import",)),
    "people:import_cancel": ("POST", COORDINATOR, ("request_id:import",)),
    "people:import_undo": ("POST", COORDINATOR, ("request_id:import",)),
    "people:import_problems": ("GET", COORDINATOR, ("request_id:import",)),
    # the table
    "forms_help:table": ("GET", TABLE, ()),
    "forms_help:opening": ("GET", TABLE, ("pk:opening",)),
    "forms_help:line": ("GET", TABLE, ("pk:opening",)),
    "forms_help:nameless": ("GET", TABLE, ("pk:opening",)),
    "forms_help:questions": ("GET", TABLE, ("pk:opening",)),
    "forms_help:take_next": ("POST", TABLE, ("form:opening",)),
    "forms_help:person": ("GET", TABLE, ("pk:visit",)),
    "forms_help:take": ("POST", TABLE, ("pk:visit",)),
    "forms_help:hand_back": ("POST", TABLE, ("pk:visit",)),
    "forms_help:leave": ("POST", TABLE, ("pk:visit",)),
    "forms_help:like_last": ("POST", TABLE, ("pk:visit",)),
    "forms_help:brings": ("GET", EVERYBODY, ("pk:visit",)),
    "referrals:note": ("POST", TABLE, ("form:opening", "form:visit")),
    "forms_help:chat": ("POST", TABLE, ("form:opening", "form:visit")),
    "forms_help:draft": ("POST", TABLE, ("form:opening", "form:visit")),
    "forms_help:question": ("GET", TABLE, ("pk:question",)),
    "referrals:undo_question": ("POST", TABLE, ("pk:question",)),
    "referrals:void_question": ("POST", TABLE, ("pk:question",)),
    "forms_help:follow_ups": ("GET", FOLLOWING, ()),
    "forms_help:follow_up_done": ("POST", TABLE, ("pk:follow_up",)),
    "forms_help:follow_up_reopen": ("POST", FOLLOWING, ("pk:follow_up",)),
    "forms_help:follow_up_move": ("POST", FOLLOWING, ("pk:follow_up",)),
    "forms_help:follow_up_drop": ("POST", FOLLOWING, ("pk:follow_up",)),
    "forms_help:slip": ("GET", TABLE, ("pk:follow_up",)),
    # referrals
    "referrals:list": ("GET", TABLE, ()),
    "referrals:board": ("GET", TABLE, ()),
    "referrals:appointments": ("GET", TABLE, ()),
    "referrals:consent_text": ("GET", TABLE, ()),
    "referrals:offer": ("POST", TABLE, ("form:opening", "form:visit")),
    "referrals:of_question": ("GET", TABLE, ("pk:asked",)),
    "referrals:start": ("GET POST", TABLE, ("pk:asked",)),
    "referrals:loop": ("GET", EVERYBODY, ("pk:visit",)),
    "referrals:tell": ("POST", EVERYBODY, ("pk:visit",)),
    "referrals:referral": ("GET", TABLE, ("pk:referral",)),
    "referrals:send": ("GET POST", TABLE, ("pk:referral",)),
    "referrals:step": ("POST", TABLE, ("pk:referral",)),
    "referrals:strike": ("POST", TABLE, ("pk:referral",)),
    "referrals:void": ("POST", TABLE, ("pk:referral",)),
    "referrals:withdraw": ("POST", TABLE, ("pk:referral",)),
    "referrals:mail_again": ("POST", TABLE, ("pk:referral",)),
    "referrals:card": ("GET", TABLE, ("pk:referral",)),
    "referrals:letter": ("GET", TABLE, ("pk:by_letter",)),
    # signals
    "signals:note": ("GET POST", TABLE, ()),
    "signals:mine": ("GET", TABLE, ()),
    "signals:noted": ("GET", TABLE, ("pk:signal",)),
    "signals:undo": ("POST", TABLE, ("pk:signal",)),
    "signals:read_answer": ("POST", TABLE, ("pk:signal",)),
    "signals:list": ("GET", RECORD, ()),
    "signals:board": ("GET", RECORD, ()),
    # the week
    "reviews:now": ("GET", RECORD, ()),
    "reviews:mail": ("GET POST", RECORD, ()),
    "reviews:week": ("GET", RECORD, ("key:week",)),
    "reviews:decide": ("POST", RECORD, ("key:week", "form:item")),
    "reviews:undo": ("POST", RECORD, ("key:week", "pk:decision")),
    "reviews:review": ("POST", RECORD, ("key:week",)),
    "reviews:reopen": ("POST", RECORD, ("key:week",)),
    # reports
    "reports:start": ("GET", RECORD, ()),
    "reports:definitions": ("GET", RECORD, ()),
    "reports:compose": ("GET POST", COORDINATOR, ()),
    "reports:change": ("GET POST", COORDINATOR, ("pk:composed",)),
    "reports:retire": ("POST", COORDINATOR, ("pk:retiring",)),
    "reports:consumers": ("GET POST", COORDINATOR, ()),
    "reports:revoke_consumer": ("GET POST", COORDINATOR, ("pk:consumer",)),
    "reports:raw": ("GET POST", COORDINATOR, ()),
    "reports:export": ("GET", COORDINATOR, ("pk:export",)),
    "reports:download": ("GET", COORDINATOR, ("pk:export",)),
    "reports:cancel": ("POST", COORDINATOR, ("pk:export",)),
    "reports:together": ("GET", RECORD, ()),
    "reports:of_several": ("GET", RECORD, ("kind:team", "period:quarter")),
    "reports:freeze_several": ("POST", COORDINATOR, ("kind:saamo", "period:quarter")),
    "reports:file_of_several": (
        "GET",
        COORDINATOR,
        ("kind:team", "period:quarter", "file_format:csv"),
    ),
    "reports:rows": ("GET", COORDINATOR, ("table:table", "row:theme", "period:quarter")),
    "reports:choose": ("GET", RECORD, ("kind:kind",)),
    "reports:report": ("GET", RECORD, ("kind:kind", "period:quarter")),
    "reports:version": ("GET", RECORD, ("kind:frozen", "period:quarter", "version:first")),
    "reports:take": ("POST", COORDINATOR, ("kind:kind", "period:quarter")),
    "reports:correct": ("GET POST", COORDINATOR, ("kind:frozen", "period:quarter")),
    "reports:file": (
        "GET",
        COORDINATOR,
        ("kind:frozen", "period:quarter", "version:first", "file_format:csv"),
    ),
    "signals:bundle_ticked": ("POST", RECORD, ("form:signals", "form:bundle")),
    "signals:sort": ("POST", RECORD, ("pk:signal",)),
    "signals:reword": ("GET POST", RECORD, ("pk:signal",)),
    "signals:void": ("POST", RECORD, ("pk:signal",)),
    "signals:take_out": ("POST", RECORD, ("pk:bundled",)),
    "signals:example": ("POST", RECORD, ("pk:bundled",)),
    "signals:bundle": ("GET", RECORD, ("pk:bundle",)),
    "signals:word_bundle": ("GET POST", RECORD, ("pk:bundle",)),
    "signals:assign": ("POST", RECORD, ("pk:bundle",)),
    "signals:step": ("POST", RECORD, ("pk:bundle",)),
    "signals:strike": ("POST", RECORD, ("pk:bundle",)),
    "signals:answer": ("POST", RECORD, ("pk:bundle",)),
    "signals:drop_answer": ("POST", RECORD, ("pk:bundle",)),
    "signals:brief": ("GET", RECORD, ("pk:bundle",)),
    "signals:brief_pdf": ("GET", RECORD, ("pk:bundle",)),
    "signals:void_bundle": ("POST", RECORD, ("pk:bundle",)),
}
#: What stands in an address and is of every STEK.
OF_NO_STEK = {
    "day:date",
    "key:week",
    "kind:team",
    "kind:saamo",
    "period:quarter",
    "file_format:csv",
    "file_format:json",
}
#: Doors of a role behind which a colleague's row does not exist: one sees what is one's own.
ONLY_OWN: dict[str, set[Role]] = {
    "forms_help:question": {V, H},
    "referrals:undo_question": {V, H},
    "referrals:void_question": {V, H},
    "forms_help:slip": {V},
    "referrals:of_question": {V, H},
    "referrals:start": {V, H},
    "referrals:referral": {V, H},
    "referrals:send": {V, H},
    "referrals:step": {V, H},
    "referrals:strike": {V, H},
    "referrals:void": {V, H},
    "referrals:withdraw": {V, H},
    "referrals:mail_again": {V, H},
    "referrals:card": {V, H},
    "referrals:letter": {V, H},
    # Nobody's but one's own, whoever handles them.
    **dict.fromkeys(("signals:noted", "signals:undo", "signals:read_answer"), TABLE),
}

#: What opens with a PIN on a shared laptop, for whoever the door is for: counter, today's list, the
#: table, and noting a signal. All the rest answers 403, whatever the role.
PIN = {
    "accounts:awake", "accounts:waiting", "accounts:drop_waiting",
    "visits:counter", "visits:search", "visits:enter", "visits:check_in",
    "visits:check_in_anonymous", "visits:new_household", "visits:visit", "visits:undo",
    "visits:void", "visits:set_purpose", "visits:deliver_message", "visits:open_day",
    "visits:today", "visits:attendance", "visits:close_day", "visits:reopen_day",
    "visits:print_list", "visits:print_slips",
    "forms_help:table", "forms_help:opening", "forms_help:line", "forms_help:nameless",
    "forms_help:questions", "forms_help:take_next", "forms_help:person", "forms_help:take",
    "forms_help:hand_back", "forms_help:leave", "forms_help:like_last", "forms_help:brings",
    "forms_help:chat", "forms_help:draft", "forms_help:question", "forms_help:follow_up_done",
    "forms_help:slip", "referrals:note", "referrals:undo_question", "referrals:void_question",
    "referrals:consent_text", "referrals:offer", "referrals:of_question", "referrals:loop",
    "referrals:tell",
    "signals:note", "signals:noted", "signals:undo",
}  # fmt: skip
#: Doors behind which only one's own row is there, also for who sees those of others elsewhere.
PIN_OWN = {
    "forms_help:question", "forms_help:slip", "referrals:undo_question", "referrals:void_question",
    "referrals:of_question", "forms_help:follow_up_done", "signals:noted", "signals:undo",
}  # fmt: skip

#: Open to whoever has no account: the public page with what belongs to it, and signing in. Signing
#: out and the password are for any account.
PUBLIC = {
    "home", "public", "privacy", "first_privacy", "poster", "first_calendar", "calendar",
    "calendar_shop", "calendar_table", "calendar_activities", "account_login",
    "mfa_authenticate", "accounts:accept_invitation",
    "inbound:ask_access", "answers:code", "answers:answer",
    "answers:renew_link", "api:figures", "api:figures_of", "api:sums", "api:meanings",
    "api:openapi", "api:nothing", "api:unknown", "health",
    "accounts:lock_screen", "accounts:lock",
}  # fmt: skip
ANY_ACCOUNT = {
    "account_logout", "account_change_password", "accounts:account", "accounts:end_session",
    "accounts:end_other_sessions", "accounts:set_up_factor", "accounts:remove_factor",
    "accounts:recovery_codes", "accounts:renew_codes",
}  # fmt: skip


def _routes(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            name = pattern.namespace
            if name != "admin":
                yield from _routes(pattern.url_patterns, f"{name}:" if name else namespace)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


def test_every_route_is_in_the_table() -> None:
    routes = set(_routes(get_resolver().url_patterns))
    assert routes - PUBLIC - ANY_ACCOUNT == set(DOORS)


def test_every_door_carries_the_roles_of_the_table() -> None:
    for name, (_methods, roles, _ids) in DOORS.items():
        view = _view(name)
        assert getattr(view, "allowed_roles", None) == roles, name


def _view(name: str) -> Any:
    resolver: Any = get_resolver()
    for part in name.split(":")[:-1]:
        resolver = resolver.namespace_dict[part][1]
    return next(
        pattern.callback
        for pattern in _flat(resolver.url_patterns)
        if pattern.name == name.rsplit(":", maxsplit=1)[-1]
    )


def _flat(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif not pattern.namespace:
            yield from _flat(pattern.url_patterns)


@pytest.fixture
def rows(stek: Stek, coordinator: Colleague) -> dict[str, Any]:
    """One row of each kind in Kalmthout."""
    household: Household = factories.household(stek)
    opening = factories.opening(stek)
    visit = factories.visit(opening, household, purposes=["question"])
    question = factories.question(visit)
    asked = factories.question(visit, factories.theme(stek))
    referral = factories.referral(asked, factories.partner(stek))
    listed = SimpleUploadedFile("lijst.csv", b"Nr;Naam;Voornaam\r\n7;Peeters;An\r\n")
    coordinator.post(reverse("people:import_start"), {"request_id": uuid4(), "file": listed})
    ligo = factories.partner(stek, "LIGO")
    by_letter = factories.referral(asked, ligo, channel="letter")
    request = factories.inbound_referral(stek)
    bundle = factories.bundle(stek)
    return {
        "device": factories.device(stek)[0].pk,
        "signal": factories.signal(stek).pk,
        "signals": factories.signal(stek).pk,
        "bundled": factories.signal(stek, bundle=bundle).pk,
        "bundle": bundle.pk,
        "partner": ligo.pk,
        "service": factories.service(ligo).pk,
        "contact": factories.contact(ligo).pk,
        "request": request.pk,
        "inbound_link": request.link_id,
        "referrer": request.link.referrer_id,
        "invitation": factories.invitation(stek).pk,
        "colleague": coordinator.user.pk,
        "household": household.pk,
        "double": (double := factories.household(stek)).pk,
        "pair": factories.duplicate_pair(household, double).pk,
        "merge": factories.merge(factories.household(stek), factories.household(stek)).pk,
        "member": factories.member(household).pk,
        "access": factories.access(household).pk,
        "opening": opening.pk,
        "export": factories.export(stek).pk,
        "consumer": factories.consumer(stek).pk,
        "visit": visit.pk,
        "question": question.pk,
        "asked": asked.pk,
        "referral": referral.pk,
        "agreed": referral.partner_id,
        "by_letter": by_letter.pk,
        "follow_up": factories.follow_up(question).pk,
        "message": factories.message(household).pk,
        "activity": factories.activity(stek).pk,
        "composed": (composed := factories.composed_report(stek)).pk,
        "retiring": factories.composed_report(stek).pk,
        "kind": composed.key,
        "frozen": (kept := factories.composed_report(stek)).key,
        "first": factories.snapshot(stek, kept.key, "2026-Q1").version,
        "csv": "csv",
        "json": "json",
        "team": "team",  # of no STEK, like the date: each has its own figures there
        "saamo": "saamo",
        "quarter": "2026-Q1",
        "table": "questions_theme",
        "theme": "name:wonen en huur",  # of the question above; nowhere else is that a theme
        "week": week_of(factories.today()).key,
        "item": f"new-{household.pk}",
        "decision": factories.decision(stek, household.pk).pk,
        "date": factories.today(),  # of no STEK: each has its own on that date
        "directory": factories.directory_import(stek).request_id,
        "import": HouseholdImport.objects.get().request_id,
    }


def _address(name: str, rows: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The address with ids of Kalmthout, and the ids that go in the form."""
    kwargs, form = {}, {}
    for spec in DOORS[name][2]:
        argument, row = spec.split(":")
        if argument == "form":
            form[row] = rows[row]
        else:
            kwargs[argument] = rows[row]
    return reverse(name, kwargs=kwargs), form


def _knock(client: Client, name: str, rows: dict[str, Any]) -> list[tuple[str, int]]:
    path, form = _address(name, rows)
    return [
        (method, getattr(client, method.lower())(path, form).status_code)
        for method in DOORS[name][0].split()
    ]


@pytest.mark.parametrize("name", DOORS)
def test_door_opens_for_its_roles_only(name: str, stek: Stek, rows: dict[str, Any]) -> None:
    for role in Role:
        client = signed_in(factories.membership(stek, role))
        for method, status in _knock(client, name, rows):
            if role in ONLY_OWN.get(name, set()):
                assert status == 404, f"{role} {method} {status}"
            elif role in DOORS[name][1]:
                assert status in {200, 204, 302, 422}, f"{role} {method} {status}"
            else:
                assert status == 403, f"{role} {method} {status}"


@pytest.mark.parametrize("name", DOORS)
def test_door_opens_with_a_pin_for_the_counter_and_the_table_only(
    name: str, stek: Stek, rows: dict[str, Any]
) -> None:
    device, secret = factories.device(stek)
    for role in Role:
        client = unlocked(factories.membership(stek, role), device, secret)
        for method, status in _knock(client, name, rows):
            if name not in PIN or role not in DOORS[name][1]:
                assert status == 403, f"{role} {method} {status}"
            elif name in PIN_OWN:
                # A follow-up for whoever sits at the table is at hand there.
                at_hand = (
                    {302, 200}
                    if name in {"forms_help:slip", "forms_help:follow_up_done"}
                    else set()
                )
                assert status in {404} | at_hand, f"{role} {method} {status}"
            else:
                assert status in {200, 204, 302, 422}, f"{role} {method} {status}"


def test_pin_opens_nothing_of_the_office(stek: Stek) -> None:
    device, secret = factories.device(stek)
    client = unlocked(factories.membership(stek, Role.COORDINATOR), device, secret)
    for route in ("admin:index", "admin:accounts_user_changelist", "account_change_password"):
        answer = client.get(reverse(route))
        assert answer.status_code == 403
        assert "Hiervoor is je wachtwoord nodig" in answer.content.decode()


def test_every_door_says_whether_a_pin_opens_it() -> None:
    assert {name for name in DOORS if _view(name).open_to_pin} == PIN


@pytest.mark.parametrize("name", DOORS)
def test_door_is_closed_for_a_stranger(name: str, stranger: Client, rows: dict[str, Any]) -> None:
    for method, status in _knock(stranger, name, rows):
        assert status == (302 if method == "GET" else 403)


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if {*door[2]} - OF_NO_STEK])
def test_another_steks_row_does_not_exist(
    name: str, other_stek: Colleague, rows: dict[str, Any]
) -> None:
    for method, status in _knock(other_stek, name, rows):
        assert status == 404, f"{method} {status}"


@pytest.mark.parametrize("name", DOORS)
def test_other_methods_are_refused(name: str, coordinator: Colleague, rows: dict[str, Any]) -> None:
    path, _form = _address(name, rows)
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - set(DOORS[name][0].split()):
        status = coordinator.generic(method, path, b"").status_code
        assert status == 405, f"{method} {status}"


def test_role_that_ended_opens_nothing(stek: Stek, today: Any) -> None:
    ended = factories.membership(stek, Role.COORDINATOR, last_day=today.replace(year=2020))
    client = signed_in(ended)
    assert client.get(reverse("visits:counter")).status_code == 403


def test_account_that_was_closed_is_signed_out(coordinator: Colleague) -> None:
    coordinator.user.is_active = False
    coordinator.user.save()
    response = coordinator.get(reverse("visits:counter"))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]
