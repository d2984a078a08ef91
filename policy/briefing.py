"""The brief of one structural signal: its words, counts that may leave the house, examples."""

import datetime as dt

from django.utils.translation import gettext as _

from places.models import Stek
from policy.brief import MOST_EXAMPLES, Brief, Count, MonthCount, Sender
from policy.concerned import Concerned
from policy.models import Bundle, Signal
from policy.small import is_small


def brief_of(bundle: Bundle, *, stek: Stek, today: dt.date) -> Brief:
    """Four queries; `bundle` comes `with_words`."""
    found = Concerned.of(bundle, today=today)
    signals = list(Signal.objects.of_bundle(bundle))
    theme = bundle.theme.name if bundle.theme else ""
    return Brief(
        sender=_sender(stek),
        recipient=bundle.recipient or usual_recipient(stek),
        title=bundle.title,
        theme=theme,
        problem=bundle.problem,
        proposal=bundle.proposal,
        since=found.since,
        until=found.until,
        made_on=today,
        counts=_counts(found, theme=theme, signals=len(signals)),
        months=_months(found),
        months_label=_("Vragen per maand"),
        # To whoever it goes: not only a council.
        questions=(_("Wat is de beslissing?"), _("Wie volgt het op?"), _("Tegen wanneer?")),
        examples=tuple(one.example for one in signals if one.example)[:MOST_EXAMPLES],
    )


def _months(found: Concerned) -> tuple[MonthCount, ...]:
    """None when they are too few to show any."""
    if all(month.questions is None for month in found.months):
        return ()
    return tuple(MonthCount(month.first, month.questions) for month in found.months)


def usual_recipient(stek: Stek) -> str:
    """The council of the place."""
    return _("gemeente %(town)s") % {"town": stek.town or stek.name}


def _sender(stek: Stek) -> Sender:
    lines = (stek.street, f"{stek.postcode} {stek.town}".strip())
    return Sender(
        name=str(stek),
        address=tuple(filter(None, lines)),
        contact=_("de opbouwwerker"),
        phone=stek.phone,
        email=stek.email,
    )


def _counts(found: Concerned, *, theme: str, signals: int) -> tuple[Count, ...]:
    about = (
        _(
            "Vragen aan tafel waarbij een medewerker dit signaal noteerde, en vragen over "
            "%(theme)s die niet gelukt zijn."
        )
        % {"theme": theme}
        if theme
        else _("Vragen aan tafel waarbij een medewerker dit signaal noteerde.")
    )
    of_theme = Count(
        _("vragen over %(theme)s in totaal") % {"theme": theme},
        found.of_theme,
        _("Alle vragen aan tafel over dit thema, ook wat gelukt is."),
    )
    return (
        Count(
            _("huishoudens"),
            found.households,
            _("Elk huishouden met zo'n vraag telt één keer; wie geen naam gaf, telt hier niet."),
        ),
        Count(_("vragen"), found.questions, about),
        Count(
            _("signalen"),
            None if is_small(signals) else signals,
            _("Hoe vaak een medewerker of vrijwilliger het noteerde, sinds het begin."),
        ),
        *([of_theme] if theme else []),
    )
