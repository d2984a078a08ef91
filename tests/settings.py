"""The application's settings as the tests want them: quick, closed off, and strict."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Never the data of the person who runs the tests.
_folder = tempfile.mkdtemp(prefix="stek-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("STEK_")]:
    if _name not in {"STEK_TEST_SERVER", "STEK_CHROMIUM", "STEK_SCREENSHOTS"}:
        del os.environ[_name]
# These count only when tests/databases.py set them: they may name somebody's real data.
if os.environ.get("STEK_TEST_SERVER") != "1":
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("DATABASE_WEB_URL", None)
os.environ.update(
    STEK_DATA_DIR=_folder,
    STEK_SECRET_KEY="for-tests-only-" + "0123456789abcdef" * 4,
    STEK_ENCRYPTION_KEY="of-the-tests-only-" + "fedcba9876543210" * 4,
    STEK_LOOPBACK="1",
)

from stek.settings import *  # noqa: E402, F403  (after the environment is set)
from stek.settings import (  # noqa: E402
    ALLOWED_HOSTS,
    DATABASES,
    INSTALLED_APPS,
    MIDDLEWARE,
    STORAGES,
    TEMPLATES,
)
from tests.strict import UndefinedVariable  # noqa: E402

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable()  # type: ignore[index]

# A page that asks the database the same question for every row raises NPlusOneError.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
if os.environ.get("STEK_TEST_SERVER") == "1":
    MIDDLEWARE = ["tests.as_web.as_web", *MIDDLEWARE]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: only there are WAL, locks and a second connection what they are in life.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder) / "test.sqlite3")}
    # Tests may lose their database in a power cut; waiting for the disk would only cost time.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

# Straight from the sources: no collectstatic before a test, and no scan of them per client.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
(Path(_folder) / "static").mkdir()
