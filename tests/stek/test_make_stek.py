"""The command that makes a STEK with its first administrator."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Membership, User
from accounts.roles import Role
from places.models import Stek
from tests import factories

PASSWORD = "zeven-groene-stoelen"


def make(monkeypatch: pytest.MonkeyPatch, *arguments: str, password: str = PASSWORD) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    output = io.StringIO()
    call_command("make_stek", *arguments, stdout=output)
    return output.getvalue()


@pytest.mark.django_db
def test_the_first_administrator_can_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    said = make(monkeypatch, "Sint-Job", "--administrator", "els", "--town", "Brecht")
    assert said == "STEK Sint-Job is gemaakt. els is er beheerder.\n"
    stek = Stek.objects.get()
    assert (stek.slug, stek.town) == ("sint-job", "Brecht")
    assert User.objects.get().check_password(PASSWORD)
    assert Membership.objects.get().role == Role.ADMINISTRATOR


@pytest.mark.django_db
def test_an_existing_account_gets_the_role_and_keeps_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = factories.user("els", password="vier-rode-tafels-2")
    make(monkeypatch, "Essen", "--administrator", "els")
    assert Membership.objects.get().user == user
    assert User.objects.get().check_password("vier-rode-tafels-2")


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["", "kort", "1234567890123"])
def test_a_weak_password_makes_nothing(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    with pytest.raises(CommandError):
        make(monkeypatch, "Essen", "--administrator", "els", password=password)
    assert not Stek.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_second_stek_of_that_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.stek("Essen")
    with pytest.raises(CommandError):
        make(monkeypatch, "Essen", "--administrator", "els")


@pytest.mark.django_db
def test_password_that_is_typed_at_the_keyboard_is_asked_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed = iter([PASSWORD, "zeven-groene-stoelem", PASSWORD, PASSWORD])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    with pytest.raises(CommandError, match="verschillende"):
        call_command("make_stek", "Essen", "--administrator", "els")
    assert not User.objects.exists()
    call_command("make_stek", "Essen", "--administrator", "els", stdout=io.StringIO())
    assert User.objects.get().check_password(PASSWORD)
