"""What every page's frame needs: the menu of this role, and the demo accounts when signed out."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from accounts.roles import COUNTER, OFFICE, RECORD

#: label, URL name, who sees it, names of the apps that it stands for
MENU = (
    (_("Balie"), "visits:counter", COUNTER, {"visits"}),
    (_("Huishoudens"), "people:search", RECORD, {"people"}),
    (_("Beheer"), "admin:index", OFFICE, {"admin"}),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    membership = getattr(request, "membership", None)
    if membership is None:
        if settings.DEMO and request.path.startswith("/aanmelden/"):
            return {"demo_accounts": DEMO_ACCOUNTS, "demo_password": DEMO_PASSWORD}
        return {}
    here = request.resolver_match.app_name if request.resolver_match else ""
    return {
        "menu": [
            {"label": label, "url": url, "here": here in apps}
            for label, url, roles, apps in MENU
            if membership.role in roles
        ]
    }
