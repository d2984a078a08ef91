"""Signing in and out, and what keeps somebody else out."""

import datetime as dt
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import reverse
from zeal import zeal_ignore

from accounts.models import Membership, Session
from accounts.roles import Role
from tests import factories
from tests.access.routes import routes
from tests.accounts import desk
from tests.cast import signed_in


def where(address: str) -> tuple[str, str]:
    """The scheme and host that a browser would go to from the sign-in page."""
    seen_by_browser = address.strip().replace("\\", "/").replace("\t", "")
    parts = urlsplit(urljoin("http://testserver/aanmelden/", seen_by_browser))
    return parts.scheme, parts.netloc


COUNTER = reverse("visits:counter")


def test_sign_in_leads_each_role_to_where_its_work_starts(db, stek):
    landing = {
        Role.VOLUNTEER: "visits:counter",
        Role.HELPER: "forms_help:table",
        Role.COMMUNITY_WORKER: "reviews:now",
        Role.COORDINATOR: "people:search",
        Role.ADMINISTRATOR: "admin:index",
    }
    for role, view in landing.items():
        client = signed_in(factories.membership(stek, role))
        assert client.get(reverse("home")).url == reverse(view)


def test_sign_in_with_the_right_password_opens_the_counter(rita, client):
    assert desk.sign_in(client, "rita").url == reverse("home")
    assert client.get(COUNTER).status_code == 200


def test_sign_in_gives_a_new_session(rita, client):
    desk.sign_in(client, "rita")
    first = client.cookies["stek"].value
    client.post(reverse("account_logout"))
    desk.sign_in(client, "rita")
    assert client.cookies["stek"].value not in {"", first}
    assert not Session.objects.filter(session_key=first).exists()


def test_sign_in_cookies_are_out_of_reach_of_scripts(rita):
    client = desk.browser()
    desk.sign_in(client, "rita")
    for name in ("stek", "stek-form", "stek-owner"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("rita", "een-kop-koffie-2027"),
        ("rita", desk.PASSWORD + " "),
        ("rita", ""),
        ("nobody", desk.PASSWORD),
        ("", desk.PASSWORD),
        ("rita' OR '1'='1", "x"),
        ("rita\x00", desk.PASSWORD),
        ("r" * 10_000, "p" * 10_000),
        ("rita", "\udcff".encode("utf-8", "surrogatepass")),
    ],
)
def test_sign_in_is_refused(rita, client, username, password):
    response = desk.sign_in(client, username, password)
    assert response.status_code in {200, 422}
    assert "Meld je aan" in desk.text_of(response)
    assert client.get(COUNTER).status_code == 302


def test_sign_in_does_not_tell_whether_an_account_exists(rita, client):
    pages = [
        desk.text_of(desk.sign_in(client, username, "een-ander-woord-2026"))
        for username in ("rita", "niemand")
    ]
    assert pages[0].replace("rita", "") == pages[1].replace("niemand", "")


class CountingHasher(MD5PasswordHasher):
    """As in the other tests, and it counts how often a password is hashed."""

    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).hashed += 1
        return super().encode(password, salt)


def test_sign_in_does_the_same_work_for_an_account_that_is_there_and_one_that_is_not(
    rita, jos, client, settings, django_assert_max_num_queries
):
    """So that how long it takes tells nothing; counted, because a clock would tell lies."""
    jos.is_active = False
    jos.save()
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    work = []
    for username in ("rita", "jos", "niemand", "RITA", "a" * 150):
        CountingHasher.hashed = 0
        with django_assert_max_num_queries(50) as asked:
            response = desk.sign_in(client, username, "een-ander-woord-2026")
        # The count of tries from this address is there from the second one on.
        said = [one["sql"].split()[0] for one in asked.captured_queries]
        kinds = ["WRITE" if one in {"INSERT", "UPDATE"} else one for one in said]
        told = (response.status_code, sorted(response.headers), sorted(response.cookies))
        work.append((CountingHasher.hashed, kinds, told))
    assert work[0][0] == 1
    for one in work:
        assert one == work[0]


def test_many_wrong_passwords_wait_for_an_account_that_is_not_there_too(rita, client):
    pages = {}
    for username in ("rita", "niemand"):
        for _attempt in range(6):
            answer = desk.sign_in(client, username, "een-ander-woord-2026")
        pages[username] = (answer.status_code, desk.text_of(answer).replace(username, ""))
    assert pages["rita"] == pages["niemand"]


def test_nobody_asks_for_a_new_password_by_mail(client, db):
    """A coordinator gives one: there is no page that could tell which addresses are known."""
    for address in ("/wachtwoord/vergeten/", "/wachtwoord/reset/", "/accounts/password/reset/"):
        assert client.get(address).status_code == 404
    assert not [name for name in routes() if "reset" in name and name != "accounts:reset_factor"]


def test_sign_in_after_many_wrong_passwords_waits_and_a_colleague_goes_on(rita, jos, client):
    for _attempt in range(6):
        desk.sign_in(client, "rita", "een-ander-woord-2026")
    refused = desk.sign_in(client, "rita")
    assert refused.status_code != 302
    assert desk.sign_in(client, "jos").status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        "counter",
        "http",
        "//evil.example",
        "///evil.example",
        "https://evil.example/balie/",
        "http:evil.example",
        "javascript:alert(1)",
        "\\\\evil.example",
        "/\\evil.example",
        "\t//evil.example",
        "%2F%2Fevil.example",
        "account_login",
        "visits:counter",
        "../../etc/passwd",
        "\r\nSet-Cookie: a=b",
        "\x00",
        "?",
        "x" * 5000,
    ],
)
def test_sign_in_goes_nowhere_else_afterwards(rita, client, target):
    response = desk.sign_in(client, "rita", next=target)
    again = client.get(reverse("account_login"), {"next": target})
    for answer in (response, again):
        assert answer.status_code == 302
        assert where(answer.url) == ("http", "testserver")


def test_sign_in_leads_back_to_the_page_that_asked_for_it(rita, client):
    asked = client.get(reverse("visits:openings"))
    assert asked.status_code == 302
    response = desk.sign_in(client, "rita", next=reverse("visits:openings"))
    assert response.url == reverse("visits:openings")


def test_nobody_signs_up(client, db):
    for address in ("/aanmelden/signup/", "/signup/", "/accounts/signup/", "/inschrijven/"):
        assert client.get(address).status_code == 404


def test_sign_out_asks_first_and_ends_the_session(rita, client):
    desk.sign_in(client, "rita")
    assert "Wil je je afmelden" in desk.text_of(client.get(reverse("account_logout")))
    assert client.get(COUNTER).status_code == 200
    key = client.cookies["stek"].value
    assert client.post(reverse("account_logout")).status_code == 302
    client.cookies["stek"] = key
    assert client.get(COUNTER).status_code == 302


def test_ended_account_is_out_at_once(rita, client):
    desk.sign_in(client, "rita")
    rita.is_active = False
    rita.save()
    assert client.get(COUNTER).status_code == 302
    response = desk.sign_in(client, "rita")
    assert response.status_code == 403
    assert "Dit account is afgesloten." in desk.text_of(response)
    assert "afgesloten" not in desk.text_of(desk.sign_in(client, "rita", "een-ander-woord"))


def test_role_that_ended_yesterday_opens_nothing(rita, client, today):
    desk.sign_in(client, "rita")
    Membership.objects.update(last_day=today)
    assert client.get(COUNTER).status_code == 200
    Membership.objects.update(last_day=today - dt.timedelta(days=1))
    assert client.get(COUNTER).status_code == 403
    # What is left is what everybody may see.
    assert "We zijn nu" in desk.text_of(client.get(reverse("home")))


def test_new_password_ends_the_sessions_elsewhere(rita, client):
    elsewhere = desk.browser()
    desk.sign_in(elsewhere, "rita")
    rita.set_password("nog-een-kopje-thee")
    rita.save()
    with zeal_ignore():  # the session is read twice: once to find it is over
        assert elsewhere.get(COUNTER).status_code == 302


def test_session_that_somebody_invented_is_nobody(client, db):
    for value in ("x", "../../etc/passwd", "a" * 5000, "' OR 1=1 --"):
        client.cookies["stek"] = value
        assert client.get(COUNTER).status_code == 302


def test_signing_out_makes_the_browser_forget(counter):
    response = counter.post(reverse("account_logout"))
    assert response.status_code == 302
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert counter.get(reverse("visits:counter")).status_code == 302
