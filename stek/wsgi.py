"""The entry for gunicorn."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stek.settings")
# Pages may not wait for the database as long as commands may; settings.py reads this.
os.environ.setdefault("STEK_PROCESS", "web")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
