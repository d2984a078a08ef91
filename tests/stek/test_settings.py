"""The settings refuse to start on what is missing or unsafe, with the sentence that says what."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from stek.databases import database
from tests.observatory import Scanned, points, score

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "a-key-for-this-test-only-" + "0123456789" * 3
SAFE = {
    "STEK_SECRET_KEY": KEY,
    "STEK_ENCRYPTION_KEY": "an-old-key-" + "0123456789" * 5 + ",a-new-key-" + "9876543210" * 5,
    "STEK_ALLOWED_HOSTS": "stek.example",
}


def start(code: str = "import stek.settings", **environment: str) -> subprocess.CompletedProcess:
    """Load the settings in a process of its own, with nothing but these variables."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("STEK_", "DJANGO_")) and not name.startswith("DATABASE_")
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        env=ours | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


REFUSED = {
    "no key": ({"STEK_SECRET_KEY": ""}, "STEK_SECRET_KEY is not set."),
    "short key": ({"STEK_SECRET_KEY": "x" * 49}, "STEK_SECRET_KEY is too short"),
    "no key file": (
        {"STEK_SECRET_KEY": "", "STEK_SECRET_KEY_FILE": "/nowhere/key"},
        "STEK_SECRET_KEY_FILE can't be read (No such file or directory).",
    ),
    "no key of encryption": ({"STEK_ENCRYPTION_KEY": ""}, "STEK_ENCRYPTION_KEY is not set."),
    "short key of encryption": (
        {"STEK_ENCRYPTION_KEY": "y" * 60 + "," + "z" * 49},
        "STEK_ENCRYPTION_KEY is too short: use at least 50 random characters for each key.",
    ),
    "no file of encryption": (
        {"STEK_ENCRYPTION_KEY": "", "STEK_ENCRYPTION_KEY_FILE": "/nowhere/key"},
        "STEK_ENCRYPTION_KEY_FILE can't be read (No such file or directory).",
    ),
    "no second factor": (
        {"STEK_SECOND_FACTOR": "0"},
        "STEK_SECOND_FACTOR=0 is only possible together with STEK_DEMO=1",
    ),
    "no hosts": ({"STEK_ALLOWED_HOSTS": ""}, "STEK_ALLOWED_HOSTS is not set."),
    "any host": ({"STEK_ALLOWED_HOSTS": "stek.example,*"}, "must not hold '*'"),
    "debug": ({"STEK_DEBUG": "1"}, "only possible together with STEK_LOOPBACK=1"),
    "demo": ({"STEK_DEMO": "1"}, "only possible together with STEK_LOOPBACK=1"),
    "other database": (
        {"DATABASE_URL": "mysql://stek:x@db/stek"},
        "DATABASE_URL must name SQLite or PostgreSQL.",
    ),
    "role for pages on SQLite": (
        {"DATABASE_WEB_URL": "postgresql://stek_web:x@db/stek"},
        "DATABASE_WEB_URL is for PostgreSQL",
    ),
    "pages in another database": (
        {
            "DATABASE_URL": "postgresql://stek:x@db/stek",
            "DATABASE_WEB_URL": "postgresql://stek_web:x@db/other",
        },
        "DATABASE_WEB_URL must name the same database",
    ),
    "owner for the pages": (
        {
            "DATABASE_URL": "postgresql://stek:x@db/stek",
            "DATABASE_WEB_URL": "postgresql://stek:x@db/stek",
        },
        "DATABASE_WEB_URL must name another role",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_unsafe_setting_refuses_to_start_and_says_what_to_set(tmp_path, name):
    unsafe, sentence = REFUSED[name]
    done = start(**(SAFE | {"STEK_DATA_DIR": str(tmp_path)} | unsafe))
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert sentence in last
    assert KEY not in done.stderr


def test_key_file_is_read(tmp_path):
    file = tmp_path / "key"
    file.write_text(KEY + "\n", encoding="ascii")
    done = start(
        "import stek.settings as s; print(s.SECRET_KEY)",
        STEK_SECRET_KEY_FILE=str(file),
        STEK_ENCRYPTION_KEY=KEY,
        STEK_ALLOWED_HOSTS="stek.example",
    )
    assert done.stdout.strip() == KEY


def test_encryption_keys_stand_on_lines_of_a_file(tmp_path):
    file = tmp_path / "keys"
    file.write_text(f"{KEY}\n{KEY}-old\n", encoding="ascii")
    done = start(
        "import stek.settings as s; print(s.ENCRYPTION_KEYS)",
        **SAFE | {"STEK_ENCRYPTION_KEY": "", "STEK_ENCRYPTION_KEY_FILE": str(file)},
    )
    assert done.stdout.strip() == str([KEY, f"{KEY}-old"])


IN_PRODUCTION = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "stek.settings"
import django
django.setup()
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
def ask(address, **more):
    answer = Client().get(address, headers={"host": more.pop("host", "stek.example")}, **more)
    return {
        "status": answer.status_code,
        "headers": dict(answer.headers),
        "cookies": {n: {k: v for k, v in c.items() if v} for n, c in answer.cookies.items()},
        "text": answer.content.decode(),
    }
print(json.dumps({
    "page": ask("/aanmelden/", secure=True),
    "plain": ask("/aanmelden/"),
    "elsewhere": ask("/aanmelden/", secure=True, host="evil.example"),
    "debug": settings.DEBUG,
    "cookies": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE],
    "password": make_password("een kop koffie aan tafel"),
}))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory) -> dict:
    """What an installation on the internet answers, asked in a process of its own."""
    data = tmp_path_factory.mktemp("data")
    static = data / "static"
    static.mkdir()
    made = start(
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'stek.settings'\n"
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from django.core.management import call_command\n"
        # Names only: nothing here is sent, so nothing is squeezed.
        "settings.STORAGES['staticfiles']['BACKEND'] = "
        "'django.contrib.staticfiles.storage.ManifestStaticFilesStorage'\n"
        "call_command('collectstatic', interactive=False, verbosity=0)",
        **SAFE,
        STEK_DATA_DIR=str(data),
    )
    assert made.returncode == 0, made.stderr
    done = start(IN_PRODUCTION, **SAFE, STEK_DATA_DIR=str(data))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_production_speaks_https_only(production):
    assert production["plain"]["status"] == 301
    assert production["plain"]["headers"]["Location"] == "https://stek.example/aanmelden/"
    hsts = production["page"]["headers"]["Strict-Transport-Security"]
    assert "max-age=31536000" in hsts
    assert production["debug"] is False


def test_production_cookies_belong_to_this_host_and_https_only(production):
    assert production["cookies"] == ["__Host-stek", True]
    ((name, cookie),) = production["page"]["cookies"].items()
    assert name == "__Host-stek-form"
    assert cookie["secure"] is True
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert "domain" not in cookie


def test_production_answers_to_its_own_name_only(production):
    assert production["elsewhere"]["status"] == 400


def test_production_keeps_passwords_with_argon2id(production):
    assert production["password"].startswith("argon2$argon2id$")


@pytest.mark.parametrize("is_web", [True, False])
def test_pages_on_postgresql_wait_three_seconds_at_most(is_web):
    owner = {"ENGINE": "django.db.backends.postgresql", "NAME": "stek", "USER": "stek"}
    options = database(owner, owner | {"USER": "stek_web"}, is_web=is_web)["OPTIONS"]
    assert options["connect_timeout"] == 3
    for waits in ("statement_timeout=3", "lock_timeout=3"):
        assert (waits in options["options"]) is is_web


def test_production_scores_135_at_the_observatory_where_one_signs_in(production):
    page = production["page"]
    plain = production["plain"]["headers"]["Location"]
    seen = Scanned(page["headers"], page["cookies"], page["text"], plain)
    assert {name: more for name, more in points(seen).items() if more} == {
        "content-security-policy": 10,
        "cookies": 5,
        "referrer-policy": 5,
        "x-frame-options": 5,
        "cross-origin-resource-policy": 10,
    }
    assert score(seen) == 135
    # The public page sets no cookie, and gets nothing for that; the list of browsers makes up.
    assert score(replace(seen, cookies={})) == 130
    assert score(replace(seen, cookies={}, preloaded=True)) == 135


#: Who connects, by what loads the settings.
CONNECTS = {
    "the web server": ("import stek.wsgi", "stek_web"),
    "a command": ("import django; django.setup()", "stek"),
}


@pytest.mark.parametrize("who", CONNECTS)
def test_pages_connect_as_their_own_role_and_commands_as_the_owner(tmp_path, who):
    code, role = CONNECTS[who]
    code += "; from django.conf import settings; print(settings.DATABASES['default']['USER'])"
    urls = {
        "DATABASE_URL": "postgresql://stek:x@127.0.0.1/stek",
        "DATABASE_WEB_URL": "postgresql://stek_web:y@127.0.0.1/stek",
    }
    safe = SAFE | {"STEK_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "stek.settings"}
    done = start(code, **(safe | urls))
    assert done.stdout.strip() == role, done.stderr
