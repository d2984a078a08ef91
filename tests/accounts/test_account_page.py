"""One's own account: what it says, where one is signed in, and ending that."""

import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Session
from accounts.sessions import browser_of, machine_of
from tests import factories
from tests.accounts import desk
from tests.strict import StrictClient

ACCOUNT = reverse("accounts:account")
COUNTER = reverse("visits:counter")
END, END_OTHERS = reverse("accounts:end_session"), reverse("accounts:end_other_sessions")

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


def on(agent: str, username: str = "rita") -> StrictClient:
    client = StrictClient(headers={"user-agent": agent})
    desk.sign_in(client, username)
    return client


def handles(client) -> list[str]:
    """Of the sessions elsewhere, in the order of the page."""
    rows = client.get(ACCOUNT).context["sessions"]
    return [handle for _row, handle, is_this in rows if not is_this]


def test_account_says_who_and_which_roles(rita, stek, essen):
    factories.membership(essen, user=rita, last_day=timezone.localdate().replace(month=12, day=31))
    page = desk.text_of(on(FIREFOX).get(ACCOUNT))
    assert "Kalmthout vrijwilliger" in page
    assert "Essen vrijwilliger · tot en met 31/12/" in page
    assert "rita" in page


def test_account_is_for_who_is_signed_in(client, db):
    for address in (ACCOUNT, reverse("accounts:set_up_factor")):
        assert client.get(address).url.startswith(reverse("account_login"))
    for address in (END, END_OTHERS):
        assert client.post(address).status_code == 403


def test_account_of_somebody_without_a_role_opens(client, db):
    factories.user("nemo", password=desk.PASSWORD)
    desk.sign_in(client, "nemo")
    assert "Je hebt nu nergens een rol." in desk.text_of(client.get(ACCOUNT))


def test_sessions_stand_in_words_and_tell_no_more(rita, stek):
    with time_machine.travel("2026-03-20 13:30:40+00:00", tick=False):
        on(EDGE)
    with time_machine.travel("2026-03-20 15:05:10+00:00", tick=False):
        here = on(IPHONE)
        response = here.get(ACCOUNT)
    page = desk.text_of(response)
    assert "Safari op een iPhone of iPad hier sinds 20/03/2026 om 16u05" in page
    assert "Edge op Windows" in page
    assert "sinds 20/03/2026 om 14u30 · laatst gebruikt op 20/03/2026 om 14u30" in page
    assert "Mozilla" not in response.content.decode()
    stored = str(list(Session.objects.values()))
    assert "Mozilla" not in stored
    assert "127.0.0.1" not in stored
    for key in Session.objects.values_list("session_key", flat=True):
        assert key not in response.content.decode()


def test_last_use_is_kept_to_the_minute_and_written_once_a_minute(rita, stek):
    with time_machine.travel("2026-03-20 13:30:05+00:00", tick=False) as clock:
        client = on(FIREFOX)
        client.get(COUNTER)

        def seen() -> str:
            return f"{Session.objects.get().seen_at:%H:%M:%S.%f}"

        assert seen() == "13:30:00.000000"
        clock.shift(50)
        client.get(COUNTER)
        assert seen() == "13:30:00.000000"
        clock.shift(40)
        client.get(COUNTER)
        assert seen() == "13:31:00.000000"


def test_one_session_elsewhere_is_ended(rita, stek):
    here, laptop, phone = on(FIREFOX), on(EDGE), on(IPHONE)
    (first, second) = handles(here)
    assert here.post(END, {"session": first}).url == ACCOUNT
    open_ones = [one for one in (laptop, phone) if one.get(COUNTER).status_code == 200]
    assert len(open_ones) == 1
    assert here.get(COUNTER).status_code == 200
    assert handles(here) == [second]
    assert AuditEvent.objects.filter(verb="end_sessions", actor_id=rita.pk).count() == 1
    assert "Die sessie was al afgesloten." in desk.text_of(
        here.post(END, {"session": first}, follow=True)
    )


def test_all_sessions_elsewhere_are_ended(rita, jos, stek):
    here, laptop, phone, of_jos = on(FIREFOX), on(EDGE), on(IPHONE), on(EDGE, "jos")
    response = here.post(END_OTHERS, follow=True)
    assert "Je bent op 2 andere plaatsen afgemeld." in desk.text_of(response)
    assert [one.get(COUNTER).status_code for one in (here, laptop, phone, of_jos)] == [
        200, 302, 302, 200,
    ]  # fmt: skip


def test_session_of_a_colleague_can_not_be_ended(rita, jos, stek):
    here, of_jos = on(FIREFOX), on(EDGE, "jos")
    other = on(IPHONE, "jos")
    (handle,) = handles(other)
    here.post(END, {"session": handle})
    for nonsense in ("", "x", "' OR 1=1 --", "\x00", "a" * 5000):
        assert here.post(END, {"session": nonsense}).status_code == 302
    assert of_jos.get(COUNTER).status_code == 200
    assert here.get(COUNTER).status_code == 200


def test_new_password_ends_the_sessions_elsewhere_and_says_so(rita, stek):
    here, elsewhere = on(FIREFOX), on(EDGE)
    form = {"oldpassword": desk.PASSWORD, "password1": "nog-een-kopje-thee"}
    form["password2"] = form["password1"]
    response = here.post(reverse("account_change_password"), form, follow=True)
    assert "Je nieuwe wachtwoord is bewaard." in desk.text_of(response)
    assert here.get(COUNTER).status_code == 200
    assert elsewhere.get(COUNTER).status_code == 302
    assert Session.objects.of_user(rita).count() == 1
    assert AuditEvent.objects.filter(verb="change_password", actor_id=rita.pk).count() == 1


def test_session_that_ended_is_not_listed(rita, stek):
    with time_machine.travel("2026-03-20 13:30:00+00:00", tick=False):
        on(EDGE)
    with time_machine.travel("2026-03-21 13:30:00+00:00", tick=False):
        assert handles(on(FIREFOX)) == []


def test_signing_out_takes_the_session_away(rita, stek):
    client = on(FIREFOX)
    client.post(reverse("account_logout"))
    assert Session.objects.of_user(rita).count() == 0


def test_unknown_browser_has_words_too():
    assert (browser_of(""), machine_of("")) == ("other", "other")
    assert (browser_of(FIREFOX), machine_of(FIREFOX)) == ("firefox", "linux")
    assert (browser_of("x" * 10_000), machine_of("\x00é")) == ("other", "other")
