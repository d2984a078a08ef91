"""A server that says nothing, and one that says its page is damaged."""

import pytest
from django.db import DatabaseError, OperationalError, connection

from stek.damage import is_damage
from stek.patience import be_patient, lose_patience

pytestmark = pytest.mark.django_db(transaction=True)

DAMAGED = "DO $$ BEGIN RAISE EXCEPTION 'invalid page' USING ERRCODE = 'XX001'; END $$"


def ask(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_question_without_an_answer_is_given_up_and_the_next_one_goes_on() -> None:
    connection.close()
    lose_patience(0.2)
    try:
        with pytest.raises(OperationalError, match="said nothing"):
            ask("SELECT pg_sleep(5)")
        connection.close()
        ask("SELECT 1")
    finally:
        connection.close()
        be_patient()


def test_page_that_postgresql_finds_damaged_is_known_as_that() -> None:
    with pytest.raises(DatabaseError) as caught:
        ask(DAMAGED)
    assert is_damage(caught.value)
    with pytest.raises(DatabaseError) as caught:
        ask("SELECT 1 / 0")
    assert not is_damage(caught.value)
