"""What each figure means, in words that stand beside it; a change of what is counted is a new
version, and a frozen report keeps the words that it was made with.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Of the whole list: counts up when any definition changes what is counted.
VERSION = 1
SINCE = dt.date(2026, 11, 26)


@dataclass(frozen=True)
class Definition:
    """`version` is that of the list in which it last changed, `since` the day of that version."""

    text: "StrOrPromise"
    version: int = 1
    since: dt.date = SINCE


#: By measure (`reports.catalogue.Measure`).
MEASURES: dict[str, Definition] = {
    "openings": Definition(_("Dagen waarop de STEK geopend werd aan de balie, ook als het afsluiten vergeten werd.")),
    "visits": Definition(_("Elke keer dat een huishouden, of iemand zonder naam, bij een opening werd aangemeld. Geschrapte bezoeken tellen niet. Wie twee keer komt, telt twee keer.")),
    "households": Definition(_("Huishoudens met een klantnummer die in de periode minstens één keer kwamen, elk één keer. Wie zonder naam kwam, zit hier niet bij.")),
    "persons": Definition(_("De volwassenen en kinderen van die huishoudens, elk huishouden één keer, met de grootte van het laatste bezoek in de periode. Wie zonder naam kwam, zit hier niet bij: niemand weet of het dezelfde mensen zijn.")),
    "first_visits": Definition(_("Huishoudens waarvan het eerste bezoek van het kalenderjaar in de periode valt, plus bezoeken zonder naam die aan de balie als eerste van het jaar zijn aangeduid.")),
    "not_seen": Definition(_("Huishoudens die in de periode ervoor minstens één keer kwamen, en in deze periode niet.")),
    "activities": Definition(_("Activiteiten die doorgingen en waarvan de deelnemers geteld zijn.")),
    "participants": Definition(_("De getelde deelnemers, samen. Wie aan twee activiteiten deelnam, telt twee keer: niemand noteert wie het was.")),
    "questions": Definition(_("Vragen die aan tafel genoteerd zijn, op de dag van de opening. Een babbel is een volwaardige vraag. Geschrapte vragen tellen niet.")),
    "asking": Definition(_("Huishoudens met een klantnummer die in de periode minstens één vraag hadden, elk één keer.")),
    "unmet": Definition(_("Vragen met als resultaat “niet gelukt”.")),
    "referrals": Definition(_("Doorverwijzingen waarvan het contact gelegd is in de periode, of het adres meegegeven. Wat nog op toestemming wacht of geschrapt is, telt niet.")),
    "answer_days": Definition(_("Gemiddeld aantal kalenderdagen tussen het contact en het eerste antwoord van de partner, van warme doorverwijzingen die een antwoord kregen.")),
    "signals": Definition(_("Signalen die in de periode genoteerd zijn. Geschrapte signalen tellen niet.")),
    "handed_on": Definition(_("Structurele signalen die in de periode zijn doorgegeven.")),
    "answered": Definition(_("Structurele signalen waarop in de periode een antwoord kwam.")),
}  # fmt: skip
#: By table (`reports.catalogue.TABLES`): how its rows are made. Without a line its title says it.
TABLES: dict[str, Definition] = {
    "visits_month": Definition(_("Naar de maand van de opening.")),
    "visits_weekday": Definition(_("Naar de weekdag van de opening.")),
    "visits_purpose": Definition(_("Een bezoek kan meer dan één reden hebben, dus de rijen tellen samen tot meer dan alle bezoeken.")),
    "households_size": Definition(_("Volwassenen en kinderen samen, bij het laatste bezoek in de periode.")),
    "households_seen": Definition(_("“Kwam al eerder”: met een bezoek vóór de eerste dag van de periode, hoe lang geleden ook.")),
    "questions_theme": Definition(_("Een babbel heeft geen thema en staat op een rij van zijn eigen.")),
    "questions_help": Definition(_("Een vraag kan meer dan één soort hulp krijgen, dus de rijen tellen samen niet tot alle vragen.")),
    "questions_organisation": Definition(_("Voor wie de helper werkte op die dag.")),
    "referrals_state": Definition(_("De stand op de dag dat het rapport gemaakt is.")),
    "referrals_known": Definition(_("Bekend: aangekomen, afgesloten, geweigerd of afgehaakt, hoogstens 30 dagen na het contact. Wat jonger is dan 30 dagen en nog loopt, staat bij “niet of later bekend”.")),
    "signals_phase": Definition(_("De fase op de dag dat het rapport gemaakt is.")),
}  # fmt: skip
