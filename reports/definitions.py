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
    "openings": Definition(_("Dagen waarop de STEK aan de balie geopend werd. Een dag die niemand afsloot, telt ook.")),
    "visits": Definition(_("Elke keer dat een huishouden, of iemand zonder naam, aan de balie werd aangemeld. Het bezoek telt op de dag van de opening, ook als het later ingetypt werd. Wie twee keer komt, telt twee keer. Een gezin dat samen komt, is één bezoek. Geschrapte bezoeken tellen niet.")),
    "households": Definition(_("Huishoudens met een klantnummer die in de periode minstens één keer kwamen. Elk huishouden telt één keer. Wie zonder naam kwam, zit hier niet bij.")),
    "persons": Definition(_("De volwassenen en kinderen van die huishoudens, ook wie zelf niet meekwam. Elk huishouden telt één keer, met zijn grootte bij het laatste bezoek in de periode. Wie zonder naam kwam, zit hier niet bij: niemand weet of het dezelfde mensen zijn.")),
    "first_visits": Definition(_("Huishoudens die in de periode voor het eerst in dat kalenderjaar kwamen, plus bezoeken zonder naam waarbij de balie “eerste keer dit jaar” aanduidde. Op 1 januari begint iedereen opnieuw: zo kan je de kwartalen van één jaar bij elkaar tellen.")),
    "not_seen": Definition(_("Huishoudens die in de periode ervoor minstens één keer kwamen, en in deze periode niet. Waarom ze wegbleven, weten we niet.")),
    "activities": Definition(_("Activiteiten in de periode waarvan de deelnemers geteld zijn. Wat afgelast is, of waar niemand telde, zit er niet bij.")),
    "participants": Definition(_("De getelde deelnemers van die activiteiten, samen. Wie aan twee activiteiten deelnam, telt twee keer: niemand noteert wie het was.")),
    "questions": Definition(_("Vragen die aan de tafel van Koffie & Formulieren genoteerd zijn, op de dag van de opening. Eén bezoek kan meer dan één vraag hebben. Een babbel is ook een vraag. Geschrapte vragen, en vragen van een geschrapt bezoek, tellen niet.")),
    "asking": Definition(_("Huishoudens met een klantnummer die in de periode minstens één vraag hadden. Elk huishouden telt één keer.")),
    "unmet": Definition(_("Vragen met als resultaat “niet gelukt”. Ze tonen waar hulp tekortschiet.")),
    "referrals": Definition(_("Doorverwijzingen waarbij in de periode het contact met de partner gelegd is, of het adres meegegeven. Eén vraag kan naar meer dan één partner gaan. Wat nog op toestemming wacht, of geschrapt is, telt niet.")),
    "answer_days": Definition(_("Gemiddeld aantal kalenderdagen tussen het contact en het eerste antwoord van de partner. Alleen warme doorverwijzingen die een antwoord kregen, tellen mee. Een antwoord op dezelfde dag is nul dagen.")),
    "signals": Definition(_("Signalen die in de periode genoteerd zijn, ook als ze later gebundeld of niet weerhouden werden. Geschrapte signalen tellen niet.")),
    "handed_on": Definition(_("Structurele signalen die in de periode aan een bestuur of dienst zijn doorgegeven.")),
    "answered": Definition(_("Structurele signalen waarop in de periode een antwoord kwam, ook als ze vroeger doorgegeven zijn.")),
}  # fmt: skip
#: By table (`reports.catalogue.TABLES`): how its rows are made; figures have a measure for each.
TABLES: dict[str, Definition] = {
    "visits_month": Definition(_("Naar de maand van de opening.")),
    "visits_weekday": Definition(_("Naar de weekdag van de opening.")),
    "visits_purpose": Definition(_("Een bezoek kan meer dan één reden hebben, of geen. De rijen tellen dus niet op tot alle bezoeken.")),
    "visits_named": Definition(_("Met naam: een huishouden met een klantnummer. Zonder naam: alleen volwassenen en kinderen zijn geteld.")),
    "households_size": Definition(_("Volwassenen en kinderen samen, bij het laatste bezoek in de periode.")),
    "households_seen": Definition(_("“Kwam al eerder”: met een bezoek vóór de eerste dag van de periode, hoe lang geleden ook. De andere kwamen voor het eerst.")),
    "households_often": Definition(_("Hoe vaak een huishouden in de periode kwam.")),
    "persons_age": Definition(_("Volwassenen en kinderen, zoals ze bij het laatste bezoek in de periode geteld zijn.")),
    "first_visits": Definition(_("Huishoudens met een klantnummer kennen we. Bij wie geen naam geeft, vraagt de balie of het de eerste keer dit jaar is.")),
    "visits_day": Definition(_("Naar de dag van de opening. Dagen zonder bezoek staan er niet bij.")),
    "activities_kind": Definition(_("Elke activiteit heeft één soort.")),
    "participants_kind": Definition(_("De deelnemers van alle activiteiten van die soort, samen.")),
    "participants_organiser": Definition(_("Naar wie de activiteit organiseerde: een partner, of de STEK zelf.")),
    "questions_theme": Definition(_("Elke vraag heeft één thema. Een babbel heeft er geen en staat op een eigen rij.")),
    "questions_help": Definition(_("Een vraag kan meer dan één soort hulp krijgen, of geen. De rijen tellen dus niet op tot alle vragen.")),
    "questions_outcome": Definition(_("Het resultaat dat aan tafel genoteerd is. Wat er later nog gebeurde, staat bij de doorverwijzingen.")),
    "questions_organisation": Definition(_("Voor wie de helper werkte op die dag: een partner, of de STEK zelf.")),
    "unmet_reason": Definition(_("De reden die de helper koos.")),
    "unmet_theme": Definition(_("Het thema van de vragen die niet lukten.")),
    "questions_flow": Definition(_("Elke vraag staat één keer, met haar thema en haar resultaat.")),
    "referrals_partner": Definition(_("De partner naar wie verwezen werd.")),
    "referrals_warmth": Definition(_("Warm: we namen samen contact op. Koud: we gaven het adres mee.")),
    "referrals_state": Definition(_("De stand op de dag dat het rapport gemaakt is, niet die op het einde van de periode.")),
    "referrals_known": Definition(_("Bekend: aangekomen, afgesloten, geweigerd of afgehaakt, hoogstens 30 dagen na het contact. Wat jonger is dan 30 dagen en nog loopt, staat voorlopig bij “niet of later bekend”.")),
    "answer_days": Definition(_("Naar de partner die antwoordde.")),
    "signals_theme": Definition(_("Het thema dat bij het signaal gekozen is.")),
    "signals_phase": Definition(_("De fase op de dag dat het rapport gemaakt is. Een gebundeld signaal staat in de fase van het structurele signaal.")),
    "signals_visitors": Definition(_("Of het signaal samen met bezoekers genoteerd is.")),
}  # fmt: skip
