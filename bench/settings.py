"""The application's own settings, with the reference pages beside its pages."""

from stek.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
