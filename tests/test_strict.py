"""The net under the tests holds: what should make a test fail does."""

from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine, Origin, Template
from django.urls import path

from accounts.models import User
from tests import strict
from tests.strict import StrictClient, UndefinedVariable, UndefinedVariableError, WriteOnGetError


def rename_everybody(request: HttpRequest) -> HttpResponse:
    User.objects.update(first_name="Els")
    return HttpResponse()


urlpatterns = [path("naam/", rename_everybody)]


@pytest.fixture
def bare(settings) -> None:
    """Only the view of this module, without sign-in or anything else around it."""
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head"])
def test_get_that_writes_fails(client: StrictClient, bare: None, method: str) -> None:
    with pytest.raises(WriteOnGetError, match="accounts_user"):
        getattr(client, method)("/naam/")


@pytest.mark.django_db
def test_post_may_write(client: StrictClient, bare: None) -> None:
    assert client.post("/naam/").status_code == 200


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "people_household" ("id") VALUES (1)',
        'INSERT OR IGNORE INTO "people_household" ("id") VALUES (1)',
        'UPDATE "visits_visit" SET "adults" = 1',
        'delete from "visits_visit"',
        "\n  DROP TABLE visits_visit",
    ],
)
def test_every_kind_of_write_is_seen(sql: str) -> None:
    with pytest.raises(WriteOnGetError):
        strict.refuse_writes(lambda *_: None, sql, (), False, {})


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "people_household"."updated_at" FROM "people_household"',
        'SAVEPOINT "s1"',
        'INSERT INTO "accounts_auditevent" ("id") VALUES (1)',
        'UPDATE "accounts_session" SET "session_data" = 1',
    ],
)
def test_reading_and_its_trace_are_allowed(sql: str) -> None:
    strict.refuse_writes(lambda *_: None, sql, (), False, {})


def rendered(source: str, origin: Path) -> str:
    engine = Engine(string_if_invalid=UndefinedVariable())
    template = Template(source, origin=Origin(str(origin)), engine=engine)
    return template.render(Context({"known": "ja"}))


OURS = strict.ROOT / "templates" / "visits" / "counter.html"
THEIRS = strict.ROOT / ".venv" / "lib" / "site-packages" / "allauth" / "login.html"


@pytest.mark.parametrize(
    "source",
    ["{{ unknown }}", "{{ unknown|upper }}", "{% if known %}<p>{{ known.no }}</p>{% endif %}"],
)
def test_undefined_variable_in_our_template_fails(source: str) -> None:
    with pytest.raises(UndefinedVariableError, match=r"counter\.html"):
        rendered(source, OURS)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ known }}", "ja"),
        ("{% if unknown %}x{% endif %}", ""),
        ("{{ unknown|default:'nee' }}", "nee"),
    ],
)
def test_template_may_ask_whether_a_variable_is_there(source: str, text: str) -> None:
    assert rendered(source, OURS) == text


def test_templates_of_packages_stay_as_they_are() -> None:
    assert rendered("[{{ unknown }}|{{ unknown|length }}]", THEIRS) == "[|0]"


@pytest.mark.django_db
def test_sqlite_has_what_it_has_in_life() -> None:
    """A test database in memory would have no WAL, and so other locks than the real one."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
