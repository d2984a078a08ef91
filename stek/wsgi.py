"""The entry for gunicorn."""

import gc
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stek.settings")
# Pages may not wait for the database as long as commands may; settings.py reads this.
os.environ.setdefault("STEK_PROCESS", "web")

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.urls import get_resolver

from stek.patience import lose_patience

application = get_wsgi_application()
# Every page's code, which the first request would load otherwise.
_ = get_resolver().url_patterns

if connection.vendor == "postgresql":
    lose_patience()

# What is loaded now stays, so that looking for garbage need not look at it each time.
gc.collect()
gc.freeze()
# Seconds that one page computes while another of the same worker waits for its turn: a check-in
# takes many short turns, and a report of the whole network beside it one that is long.
sys.setswitchinterval(0.0005)
