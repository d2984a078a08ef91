"""Inviting a colleague, the link that works once, and accepting with a new or an own account."""

import datetime as dt
import re
import threading
import uuid

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import invitation_actions as actions
from accounts.invitations import forget_addresses
from accounts.link_keys import key_of
from accounts.models import AuditEvent, Invitation, Membership, OutgoingMail, User
from accounts.outbox import NO_SERVER
from accounts.roles import Role
from stek.mails import send_mails
from tests import factories
from tests.accounts import desk
from tests.cast import signed_in
from tests.hostile import NAMES
from tests.strict import StrictClient

PAGE = reverse("accounts:invitations")
NEW = {
    "first_name": "Lut",
    "last_name": "d'Hooghe",
    "username": "lut",
    "password1": "zeven-groene-stoelen",
    "password2": "zeven-groene-stoelen",
}


def invite(client, email="lut@stek.example", role="volunteer", **fields):
    client.give_password()
    form = {"email": email, "role": role, "partner": "", "last_day": "", "request_id": uuid.uuid4()}
    return client.post(PAGE, form | fields)


def address(invitation) -> str:
    return reverse("accounts:accept_invitation", args=[key_of(invitation.nonce)])


def link_in(mail) -> str:
    (path,) = re.findall(r"http://127.0.0.1:8000(/uitnodiging/[\w-]{43}/)", mail.body)
    return path


# --- inviting ---


def test_invitation_travels_by_mail_and_gives_a_role_once(coordinator, stek, mailoutbox):
    assert invite(coordinator).status_code == 302
    assert send_mails(timezone.now()) == 1
    (mail,) = mailoutbox
    assert mail.to == ["lut@stek.example"]
    for name in ("Els", "Goossens", "lut"):
        assert name not in mail.body
    guest = StrictClient()
    page = desk.text_of(guest.get(link_in(mail)))
    assert "Welkom bij STEK Kalmthout" in page
    assert "vrijwilliger" in page
    assert guest.post(link_in(mail), NEW).url == reverse("home")
    assert guest.get(reverse("visits:counter")).status_code == 200
    membership = Membership.objects.get(user__username="lut")
    assert (membership.stek, membership.role) == (stek, Role.VOLUNTEER)
    assert membership.user.email == "lut@stek.example"
    assert desk.sign_in(StrictClient(), "lut", "zeven-groene-stoelen").url == reverse("home")
    assert StrictClient().get(link_in(mail)).status_code == 404
    verbs = AuditEvent.objects.filter(subject_type="invitation").values_list("verb", flat=True)
    assert set(verbs) == {"invite", "accept_invitation"}


def test_partner_and_last_day_go_along(coordinator, stek, today):
    ligo = factories.partner(stek, "LIGO")
    last_day = today + dt.timedelta(days=90)
    invite(coordinator, role="helper", partner=ligo.pk, last_day=last_day.isoformat())
    StrictClient().post(address(Invitation.objects.get()), NEW)
    membership = Membership.objects.get(user__username="lut")
    assert (membership.role, membership.partner, membership.last_day) == ("helper", ligo, last_day)


@pytest.mark.parametrize("role", [Role.COMMUNITY_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_coordinator_invites_for_no_higher_role(coordinator, role):
    assert invite(coordinator, role=role).status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_administrator_invites_for_every_role(administrator, role):
    assert invite(administrator, role=role).status_code == 302


def test_invited_coordinator_sets_up_a_second_factor_first(administrator):
    invite(administrator, role="coordinator")
    guest = StrictClient()
    guest.post(address(Invitation.objects.get()), NEW)
    assert guest.get(reverse("people:search")).url == reverse("accounts:set_up_factor")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": ""}, "Geef het e-mailadres."),
        ({"email": "lut"}, "Dat is geen e-mailadres."),
        ({"email": "lut@stek.example\r\nBcc: x@y.be"}, "Dat is geen e-mailadres."),
        ({"email": "a" * 300 + "@stek.example"}, ""),
        ({"role": "baas"}, "Kies een rol uit de lijst."),
        ({"partner": "999999"}, "Kies een partner uit de lijst."),
        ({"last_day": "2020-01-01"}, "Deze dag is al voorbij."),
        ({"last_day": "31/02/2027"}, "Dat is geen datum."),
        ({"request_id": "x"}, "al eens gebruikt"),
    ],
)
def test_invitation_is_refused_and_says_why(coordinator, fields, said):
    response = invite(coordinator, **fields)
    assert response.status_code == 422
    assert said in desk.text_of(response)
    assert not Invitation.objects.exists()


def test_partner_of_another_stek_is_no_choice(coordinator, essen):
    assert invite(coordinator, partner=factories.partner(essen).pk).status_code == 422


def test_same_form_twice_invites_once_and_another_body_is_refused(coordinator):
    key = uuid.uuid4()
    assert invite(coordinator, request_id=key).status_code == 302
    assert invite(coordinator, request_id=key).status_code == 302
    assert Invitation.objects.count() == OutgoingMail.objects.count() == 1
    assert invite(coordinator, "jan@stek.example", request_id=key).status_code == 422
    assert Invitation.objects.count() == 1


def test_one_address_has_one_open_invitation(coordinator):
    invite(coordinator)
    response = invite(coordinator, "LUT@stek.example")
    assert response.status_code == 422
    assert "er al een uitnodiging" in desk.text_of(response)


# --- without a mail server ---


def test_without_mail_the_link_is_shown_once(coordinator, settings):
    settings.EMAIL_BACKEND = NO_SERVER
    assert "Er vertrekt hier geen mail" in desk.text_of(coordinator.get(PAGE))
    invite(coordinator)
    path = address(Invitation.objects.get())
    stored = coordinator.session["invitation_link"]
    assert path not in stored
    assert coordinator.head(PAGE).status_code == 200
    assert path in coordinator.get(PAGE).content.decode()
    assert path not in coordinator.get(PAGE).content.decode()
    assert not OutgoingMail.objects.exists()
    assert StrictClient().get(path).status_code == 200


def test_stek_that_sends_no_mail_hands_the_link_over(coordinator, stek):
    stek.sends_mail = False
    stek.save()
    invite(coordinator)
    assert address(Invitation.objects.get()) in coordinator.get(PAGE).content.decode()


# --- the list ---


def test_list_shows_who_did_not_come_yet(coordinator, stek, essen):
    factories.invitation(stek, "lut@stek.example", role=Role.HELPER, by=coordinator.user)
    old = timezone.now() - dt.timedelta(days=1)
    factories.invitation(stek, "jan@stek.example", until=old)
    factories.invitation(essen, "nadia@stek.example")
    page = desk.text_of(coordinator.get(PAGE))
    assert "lut@stek.example Helper Koffie & Formulieren uitgenodigd door Els Goossens" in page
    assert "jan@stek.example verlopen" in page
    assert "nadia" not in page
    assert "Er staat geen uitnodiging open." not in page


def test_list_costs_the_same_for_one_and_for_three(
    coordinator, stek, django_assert_num_queries, django_assert_max_num_queries
):
    factories.invitation(stek, "a@stek.example", partner=factories.partner(stek))
    coordinator.get(PAGE)
    with django_assert_max_num_queries(20) as one:
        coordinator.get(PAGE)
    for name in "bc":
        partner = factories.partner(stek, name)
        factories.invitation(stek, f"{name}@stek.example", partner=partner)
    with django_assert_num_queries(len(one.captured_queries)):
        coordinator.get(PAGE)


def test_empty_list_says_so(coordinator):
    assert "Er staat geen uitnodiging open." in desk.text_of(coordinator.get(PAGE))


def test_withdrawn_link_stops_and_the_address_goes(coordinator, stek):
    row = factories.invitation(stek)
    withdraw = reverse("accounts:withdraw_invitation", args=[row.pk])
    assert coordinator.post(withdraw).url == PAGE
    row.refresh_from_db()
    assert (row.withdrawn_by, row.email) == (coordinator.user, "")
    assert StrictClient().get(address(row)).status_code == 404
    said = desk.text_of(coordinator.post(withdraw, follow=True))
    assert "intussen aanvaard of ingetrokken" in said


def test_mail_of_a_withdrawn_invitation_does_not_leave(coordinator, mailoutbox):
    invite(coordinator)
    row = Invitation.objects.get()
    actions.withdraw_invitation(row, by=coordinator.user)
    send_mails(timezone.now())
    assert mailoutbox == []
    assert OutgoingMail.objects.get().state == OutgoingMail.State.NOT_NEEDED


def test_second_mail_carries_another_link_and_ends_the_first(coordinator, stek, mailoutbox):
    with time_machine.travel(timezone.now() - dt.timedelta(days=8)):
        row = factories.invitation(stek)
    old = address(row)
    coordinator.give_password()
    again = reverse("accounts:invite_again", args=[row.pk])
    assert coordinator.post(again).url == PAGE
    send_mails(timezone.now())
    assert StrictClient().get(old).status_code == 404
    assert StrictClient().get(link_in(mailoutbox[0])).status_code == 200


@pytest.mark.parametrize("state", ["failed", "unsure"])
def test_list_says_that_a_mail_did_not_arrive(coordinator, state):
    invite(coordinator)
    assert "kwam niet aan" not in desk.text_of(coordinator.get(PAGE))
    OutgoingMail.objects.update(state=state, settled_at=timezone.now())
    assert "lut@stek.example de mail kwam niet aan" in desk.text_of(coordinator.get(PAGE))
    coordinator.post(reverse("accounts:invite_again", args=[Invitation.objects.get().pk]))
    assert "kwam niet aan" not in desk.text_of(coordinator.get(PAGE))


def test_coordinator_does_not_touch_the_invitation_of_a_higher_role(coordinator, stek):
    row = factories.invitation(stek, role=Role.ADMINISTRATOR)
    for name in ("invite_again", "withdraw_invitation"):
        coordinator.give_password()
        assert coordinator.post(reverse(f"accounts:{name}", args=[row.pk])).status_code == 404
    assert "Trek in" not in desk.text_of(coordinator.get(PAGE))


# --- the link ---


def stale(stek, coordinator) -> list[str]:
    """Every way in which a link opens nothing."""
    used = factories.invitation(stek, "used@stek.example")
    actions.accept_with_own_account(used, by=factories.user())
    withdrawn = factories.invitation(stek, "gone@stek.example")
    actions.withdraw_invitation(withdrawn, by=coordinator.user)
    expired = factories.invitation(stek, "late@stek.example", until=timezone.now())
    never = [reverse("accounts:accept_invitation", args=[key]) for key in ("x" * 43, "a", "é%00")]
    return [*(address(row) for row in (used, withdrawn, expired)), *never]


def test_links_that_open_nothing_look_alike(coordinator, stek):
    pages = set()
    for path in stale(stek, coordinator):
        for response in (StrictClient().get(path), StrictClient().post(path, NEW)):
            assert response.status_code == 404, path
            pages.add(desk.text_of(response))
        assert coordinator.get(path).status_code == 404
    assert len(pages) == 1
    assert "Vraag een nieuwe aan wie je uitnodigde." in pages.pop()
    assert not User.objects.filter(username="lut").exists()


def test_link_works_for_seven_days(coordinator, stek):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        invite(coordinator)
        path = address(Invitation.objects.get())
        clock.shift(dt.timedelta(days=7, seconds=-1))
        assert StrictClient().get(path).status_code == 200
        clock.shift(1)
        assert StrictClient().get(path).status_code == 404


def test_key_stands_nowhere_in_the_database(coordinator, stek):
    invite(coordinator)
    row = Invitation.objects.get()
    key = key_of(row.nonce)
    stored = str(list(Invitation.objects.values())) + str(list(OutgoingMail.objects.values()))
    assert key not in stored
    assert len(key) == 43


def test_many_wrong_links_have_to_wait_and_a_right_one_does_not(stek, still):
    client = StrictClient()
    wrong = reverse("accounts:accept_invitation", args=["x" * 43])
    answers = [client.get(wrong).status_code for _try in range(61)]
    assert answers[-1] == 429
    assert client.get(address(factories.invitation(stek))).status_code == 200


def test_page_is_kept_by_nobody(stek):
    response = StrictClient().get(address(factories.invitation(stek)))
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


# --- a new account ---


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"username": ""}, "Kies een gebruikersnaam."),
        ({"username": "RITA"}, "Deze gebruikersnaam is al bezet."),
        ({"username": "lut maes"}, "Gebruik alleen letters, cijfers"),
        ({"username": "x" * 151}, ""),
        ({"first_name": " "}, "Vul dit in."),
        ({"last_name": ""}, "Vul dit in."),
        ({"last_name": "85.07.30-033.28"}, ""),
        ({"password1": "kort", "password2": "kort"}, "Dit wachtwoord is te kort."),
        ({"password1": "lut-d'hooghe", "password2": "lut-d'hooghe"}, "lijkt te veel op je naam"),
        ({"password2": "zeven-groene-stoele"}, "De twee wachtwoorden zijn niet gelijk."),
        ({"password1": "", "password2": ""}, "Kies een wachtwoord."),
    ],
)
def test_new_account_is_refused_and_says_why(stek, rita, fields, said):
    row = factories.invitation(stek)
    response = StrictClient().post(address(row), NEW | fields)
    assert response.status_code == 422
    assert said in desk.text_of(response)
    assert "zeven-groene-stoelen" not in response.content.decode()
    assert User.objects.count() == 2
    row.refresh_from_db()
    assert row.accepted_at is None


def test_rightful_names_are_accepted(stek):
    for place, (first, last) in enumerate(NAMES):
        row = factories.invitation(stek, f"n{place}@stek.example")
        form = NEW | {"first_name": first or "An", "last_name": last or "Peeters"}
        response = StrictClient().post(address(row), form | {"username": f"lid{place}"})
        assert response.status_code == 302, (first, last)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_one_moment_one_is_let_in():
    row = factories.invitation(factories.stek("Kalmthout"))
    answers, together = [], threading.Barrier(2)

    def accept(username: str) -> None:
        together.wait()
        try:
            client = StrictClient()
            answers.append(client.post(address(row), NEW | {"username": username}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=[name]) for name in ("lut", "jan")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 404]
    assert Membership.objects.count() == 1


# --- an account that is there ---


def test_own_account_accepts_after_signing_in(essen, stek, rita, client):
    row = factories.invitation(essen, role=Role.HELPER)
    page = client.get(address(row)).content.decode()
    assert f"{reverse('account_login')}?next=%2Fuitnodiging" in page
    assert desk.sign_in(client, "rita", next=address(row)).url == address(row)
    key = client.session.session_key
    assert "Je bent aangemeld als" in desk.text_of(client.get(address(row)))
    assert client.post(address(row)).url == reverse("home")
    assert client.session.session_key != key
    assert {(m.stek, m.role) for m in rita.memberships.all()} == {
        (stek, Role.VOLUNTEER),
        (essen, Role.HELPER),
    }


def test_own_account_that_works_there_keeps_its_role(stek, administrator):
    row = factories.invitation(stek, role=Role.VOLUNTEER)
    response = administrator.post(address(row))
    assert response.status_code == 422
    assert "Met dit account werk je hier al." in desk.text_of(response)
    assert Membership.objects.get(user=administrator.user).role == Role.ADMINISTRATOR
    assert StrictClient().get(address(row)).status_code == 200


def test_role_that_ended_begins_again(stek, today):
    past = today - dt.timedelta(days=40)
    client = signed_in(factories.membership(stek, Role.COORDINATOR, last_day=past))
    assert client.post(address(factories.invitation(stek))).url == reverse("home")
    membership = Membership.objects.get(user=client.user)
    assert (membership.role, membership.last_day) == (Role.VOLUNTEER, None)
    assert client.get(reverse("visits:counter")).status_code == 200


def test_address_of_who_never_came_goes(stek):
    now = timezone.now()
    old = factories.invitation(stek, "oud@stek.example", until=now - dt.timedelta(days=31))
    late = factories.invitation(stek, "laat@stek.example", until=now - dt.timedelta(days=29))
    assert forget_addresses(now) == 1
    old.refresh_from_db()
    late.refresh_from_db()
    assert (old.email, late.email) == ("", "laat@stek.example")


def test_nobody_else_opens_the_list(counter, helper, mika, stranger):
    for client in (counter, helper, mika):
        assert client.get(PAGE).status_code == 403
    assert stranger.get(PAGE).status_code == 302
