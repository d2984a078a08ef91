"""One row behind a figure as a line of text: when, what, and where it is shown; never a name."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms_help.models import Question
from people.models import Household
from policy.models import Bundle, Signal
from policy.states import Phase
from referrals.models import Referral
from visits.models import Activity, Opening, Visit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Line:
    """`url` is empty where there is no page of it."""

    day: dt.date | None
    what: "StrOrPromise"
    detail: "StrOrPromise" = ""
    url: str = ""


def line_of(row: Any, weight: int | None) -> Line:
    """`weight` is what it counts for, where that is not one."""
    return _MAKERS[type(row)](row, weight)


def _persons(adults: int, children: int) -> list[str]:
    """Of whom there are any."""
    grown = ngettext("%(count)s volwassene", "%(count)s volwassenen", adults) % {"count": adults}
    young = ngettext("%(count)s kind", "%(count)s kinderen", children) % {"count": children}
    return [text for text, count in ((grown, adults), (young, children)) if count]


def _number(household: Household | None) -> tuple[str, str]:
    """The number and the page of a household; one that was erased has no page any more."""
    if household is None:
        return _("zonder naam"), ""
    url = "" if household.erased_at else reverse("people:household", kwargs={"pk": household.pk})
    return _("huishouden %(number)s") % {"number": household.number}, url


def _visit(visit: Visit, _weight: int | None) -> Line:
    what, url = _number(visit.household)
    purposes = [str(purpose.label) for purpose in visit.purposes]
    detail = ", ".join([*_persons(visit.adults, visit.children), *purposes])
    return Line(visit.opening.day, what, detail, url)


def _household(household: Household, weight: int | None) -> Line:
    what, url = _number(household)
    count = {"count": weight or 0}
    detail = ngettext("%(count)s persoon", "%(count)s personen", weight) % count if weight else ""
    return Line(None, what, detail, url)


def _opening(opening: Opening, _weight: int | None) -> Line:
    url = reverse("visits:opening", kwargs={"pk": opening.pk})
    return Line(opening.day, _("opening"), "" if opening.closed_at else _("niet afgesloten"), url)


def _activity(activity: Activity, _weight: int | None) -> Line:
    people = activity.participants or 0
    detail = ngettext("%(count)s deelnemer", "%(count)s deelnemers", people) % {"count": people}
    return Line(activity.day, activity.title, detail)


def _question(question: Question, _weight: int | None) -> Line:
    what = question.theme.name if question.theme else _("babbel")
    return Line(question.opening.day, what, question.get_outcome_display())


def _referral(referral: Referral, _weight: int | None) -> Line:
    at = referral.contacted_at
    detail = f"{referral.get_warmth_display()}, {referral.get_state_display()}"
    url = reverse("referrals:referral", kwargs={"pk": referral.pk})
    return Line(timezone.localdate(at) if at else None, referral.partner.name, detail, url)


def _signal(signal: Signal, _weight: int | None) -> Line:
    theme = signal.theme.name if signal.theme else _("zonder thema")
    return Line(timezone.localdate(signal.noted_at), theme, signal.stands)


def _bundle(bundle: Bundle, _weight: int | None) -> Line:
    url = reverse("policy:bundle", kwargs={"pk": bundle.pk})
    return Line(bundle.handed_on, bundle.title, Phase(bundle.phase).label, url)


_MAKERS: dict[type, Callable[[Any, int | None], Line]] = {
    Visit: _visit,
    Household: _household,
    Opening: _opening,
    Activity: _activity,
    Question: _question,
    Referral: _referral,
    Signal: _signal,
    Bundle: _bundle,
}

#: What the rows of a list are called, one and many.
_WORDS: dict[type, Callable[[int], str]] = {
    Visit: lambda n: ngettext("%(count)s bezoek", "%(count)s bezoeken", n),
    Household: lambda n: ngettext("%(count)s huishouden", "%(count)s huishoudens", n),
    Opening: lambda n: ngettext("%(count)s opening", "%(count)s openingen", n),
    Activity: lambda n: ngettext("%(count)s activiteit", "%(count)s activiteiten", n),
    Question: lambda n: ngettext("%(count)s vraag", "%(count)s vragen", n),
    Referral: lambda n: ngettext("%(count)s doorverwijzing", "%(count)s doorverwijzingen", n),
    Signal: lambda n: ngettext("%(count)s signaal", "%(count)s signalen", n),
    Bundle: lambda n: ngettext(
        "%(count)s structureel signaal", "%(count)s structurele signalen", n
    ),
}


def counted_in_words(model: type, count: int) -> str:
    """As "12 bezoeken"."""
    return _WORDS[model](count) % {"count": number_format(count, force_grouping=True)}
