"""What every page's frame needs: the menu of this role, and the demo accounts when signed out."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.access import opens
from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_PIN
from accounts.laptop import keeping, sitting
from accounts.laptop.device import device_of
from accounts.models import Membership
from accounts.roles import COORDINATION, COUNTER, FOLLOWING, OFFICE, RECORD, SIGNALLING, TABLE, Role
from policy.models import Signal
from referrals.models import InboundReferral
from visits.days import current_day
from visits.models import Visit

#: label, URL name, who sees it, names of the apps that it stands for
MENU: tuple[tuple[Any, str, frozenset[Role], set[str]], ...] = (
    (_("Balie"), "visits:counter", COUNTER, {"visits"}),
    (_("Koffie & Formulieren"), "forms_help:table", TABLE, {"forms_help"}),
    (_("Agenda"), "agenda:list", COUNTER, {"agenda"}),
    (_("Activiteiten"), "activities:list", FOLLOWING, {"activities"}),
    (_("Doorverwijzingen"), "referrals:list", FOLLOWING, {"referrals"}),
    (_("Partners"), "partners:list", TABLE, {"partners", "hsds"}),
    (_("Huishoudens"), "people:search", RECORD, {"people", "inbound"}),
    (_("Signalen"), "signals:list", RECORD, {"signals"}),
    (_("Mijn signalen"), "signals:mine", SIGNALLING - RECORD, {"signals"}),
    (_("Week"), "reviews:now", RECORD, {"reviews"}),
    (_("Rapporten"), "reports:start", RECORD, {"reports"}),
    (_("Laptops"), "accounts:devices", COORDINATION, set()),
    (_("Beheer"), "admin:index", OFFICE, {"admin"}),
)
#: What opens with a PIN on a shared laptop.
PIN_MENU = {"visits:counter", "forms_help:table"}


#: Needed less often: behind "Meer" for who has more than fits on one line.
ASIDE = {"agenda:list", "activities:list", "partners:list", "accounts:devices", "admin:index"}
FITS = 6
#: These go aside one by one where something else stands on the line.
NEXT_ASIDE = ("reports:start", "signals:list", "people:search", "reviews:now")
#: What fits beside the name and the buttons; the state of the day, and the button to lock, take the
#: room of two each.
ROOM, ROOM_OF_MORE = 7, 2


def navigation(request: HttpRequest) -> dict[str, Any]:
    membership = getattr(request, "membership", None)
    if membership is None:
        return _signed_out(request)
    here = request.resolver_match.app_name if request.resolver_match else ""
    items = [
        {
            "label": label,
            "url": url,
            "here": here in apps,
            "counts": "forms_help" in apps,
            "answers": "signals" in apps,
        }
        for label, url, roles, apps in MENU
        if membership.role in roles and (url in PIN_MENU or not membership.by_pin)
    ]
    locks = sitting.DEVICE in request.session
    more = _aside(items, ROOM - ROOM_OF_MORE * ((here == "visits") + locks))
    return {
        "menu": [item for item in items if item not in more],
        "menu_more": more,
        "may_signal": membership.role in SIGNALLING,
        # On a shared laptop: after how many seconds it locks, and the form that waits.
        "locks_after": settings.LOCK_MINUTES * 60 if locks else 0,
        **_waits(request, membership),
        # Asked only when the page shows it; the counter and the table know it already.
        "line_count": SimpleLazyObject(lambda: _waiting(membership)),
        "requests_waiting": SimpleLazyObject(lambda: _requests(membership)),
        "new_answers": SimpleLazyObject(lambda: _answers(membership)),
    }


def _aside(items: list[dict[str, Any]], room: int) -> list[dict[str, Any]]:
    """What stands behind "Meer"; where somebody is stays in sight."""
    if len(items) <= min(FITS, room):
        return []
    urls = set(ASIDE)
    for url in NEXT_ASIDE:
        if sum(item["url"] not in urls or item["here"] for item in items) > room:
            urls.add(url)
    return [item for item in items if item["url"] in urls and not item["here"]]


def _signed_out(request: HttpRequest) -> dict[str, Any]:
    """On the pages to sign in: the demo accounts, and the way back to the lock screen."""
    if not request.path.startswith(("/aanmelden/", "/vergrendeld/")):
        return {}
    context: dict[str, Any] = {"on_laptop": device_of(request) is not None}
    if settings.DEMO:
        context |= {
            "demo_accounts": DEMO_ACCOUNTS,
            "demo_password": DEMO_PASSWORD,
            "demo_pin": DEMO_PIN,
        }
    return context


def _waits(request: HttpRequest, membership: Membership) -> dict[str, Any]:
    """What waits for who sits here, but for what this page answers itself; one query.

    And whether it may be sent from here: with a PIN a form of the office can't.
    """
    device = device_of(request) if keeping.WAITS in request.session else None
    left = keeping.left_at(device, request.user.pk) if device and request.user.pk else None
    if left is not None and request.method == "POST":
        left = left.without(request.path, request.POST.get("request_id", ""), done=False)
    sends = left is not None and opens(left.action, by_pin=membership.by_pin)
    return {"waits": left, "waits_sends": sends}


def _waiting(membership: Membership) -> int:
    """How many wait today with a question; one query."""
    return Visit.objects.waiting_on(membership, current_day(timezone.now())).count()


def _requests(membership: Membership) -> int:
    """How many requests of referrers wait for a coordinator; one query."""
    return InboundReferral.objects.visible_to(membership).waiting().count()


def _answers(membership: Membership) -> bool:
    """Whether something one signalled was answered, and not read yet; one query."""
    mine = Signal.objects.noted_by_member(membership).counted()
    return mine.with_new_answer().exists()
