"""What stands sealed in the database: readable with a key that is not in it, and with no other."""

from pathlib import Path

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from accounts.sealed import UnreadableError, reseal, seal, unseal
from accounts.second_factor import codes_of
from tests import factories
from tests.accounts import desk

OLD, NEW, OTHER = (f"{name}-key-" + "0123456789" * 5 for name in ("old", "new", "other"))


def test_sealed_text_is_read_again_and_shows_nothing(settings):
    settings.ENCRYPTION_KEYS = [NEW]
    sealed = seal("JBSWY3DPEHPK3PXP")
    assert "JBSW" not in sealed
    assert unseal(sealed) == "JBSWY3DPEHPK3PXP"
    assert seal("JBSWY3DPEHPK3PXP") != sealed


def test_each_key_opens_and_the_first_one_seals(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    sealed = seal("geheim")
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    assert unseal(sealed) == "geheim"
    again = reseal(sealed)
    settings.ENCRYPTION_KEYS = [NEW]
    assert unseal(again) == "geheim"
    with pytest.raises(UnreadableError):
        unseal(sealed)


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAA", "\x00", "é", "JBSWY3DPEHPK3PXP"])
def test_what_was_never_sealed_is_refused(sealed):
    with pytest.raises(UnreadableError):
        unseal(sealed)


def test_changed_and_old_seals_are_refused():
    sealed = seal("geheim")
    with pytest.raises(UnreadableError):
        unseal(sealed[:-3] + ("AAA" if sealed[-3:] != "AAA" else "BBB"))
    with time_machine.travel("2030-01-01"), pytest.raises(UnreadableError):
        unseal(sealed, max_age=3600)


# --- in the database ---


def set_up(client, secret: str) -> None:
    """Through the page, with the secret that it shows."""
    form = {"code": desk.code(secret), "password": desk.PASSWORD}
    assert client.post(reverse("accounts:set_up_factor"), form).status_code == 302


def everything_stored() -> bytes:
    """Every byte of the database: its files, or on PostgreSQL each row as text."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found).encode()


@pytest.mark.django_db(transaction=True)
def test_database_holds_no_secret_of_a_second_factor(client):
    stek = factories.stek("Kalmthout")
    rita = factories.user("rita", password=desk.PASSWORD)
    factories.membership(stek, user=rita)
    desk.sign_in(client, "rita")
    page = desk.text_of(client.get(reverse("accounts:set_up_factor")))
    secret = desk.shown_secret(page)
    halfway = everything_stored()
    set_up(client, secret)
    codes = codes_of(rita)
    client.get(reverse("accounts:recovery_codes"))
    stored = everything_stored()
    assert len(codes) == 10
    assert b"rita" in stored
    kept = [text for row in Authenticator.objects.all() for text in row.data.values()]
    # What is not sealed raises; the codes follow from the second.
    opened = [unseal(text) for text in kept if isinstance(text, str)]
    assert len(opened) == 2
    for needle in (secret, desk.in_fours(secret), *codes, *opened):
        assert needle.encode() not in halfway
        assert needle.encode() not in stored


def test_resealing_lets_the_old_key_go(rita, settings, capsys):
    settings.ENCRYPTION_KEYS = [OLD]
    factories.second_factor(rita)
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    call_command("reseal")
    assert "1 opnieuw verzegeld" in capsys.readouterr().out
    settings.ENCRYPTION_KEYS = [NEW]
    row = Authenticator.objects.get()
    assert unseal(row.data["secret"]) == factories.SECRET
    call_command("reseal")


def test_resealing_says_which_accounts_it_cannot_read(rita, jos, settings):
    settings.ENCRYPTION_KEYS = [OTHER]
    factories.second_factor(rita)
    settings.ENCRYPTION_KEYS = [NEW]
    factories.second_factor(jos)
    with pytest.raises(CommandError, match=f"1 niet te lezen .* nr. {rita.pk}"):
        call_command("reseal")


def test_code_of_a_factor_whose_key_is_gone_is_wrong_and_no_error(rita, client, settings):
    settings.ENCRYPTION_KEYS = [OTHER]
    factories.second_factor(rita)
    settings.ENCRYPTION_KEYS = [NEW]
    desk.sign_in(client, "rita")
    assert "klopt niet" in desk.text_of(desk.give_code(client, desk.code()))
