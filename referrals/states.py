"""The words of a referral: where it stands, what happened, and why; no rules about moving."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Warmth(models.TextChoices):
    """Warm: we made the contact together. Cold: the address was given, and nothing passed on."""

    WARM = "warm", _("warm")
    COLD = "cold", _("koud")


class Channel(models.TextChoices):
    """How the contact is made; a cold referral only gives the address."""

    MAIL = "mail", _("e-mail met een link")
    LETTER = "letter", _("brief met een code")
    PHONE = "phone", _("telefoon")
    TABLE = "table", _("meteen aan tafel")
    ADDRESS = "address", _("adres meegegeven")


class State(models.TextChoices):
    PROPOSED = "proposed", _("voorgesteld")
    CONSENTED = "consented", _("toestemming")
    CONTACTED = "contacted", _("contact gelegd")
    WAITING_LIST = "waiting", _("wachtlijst")
    APPOINTMENT = "appointment", _("afspraak")
    ARRIVED = "arrived", _("aangekomen")
    CLOSED = "closed", _("afgesloten")
    REFUSED = "refused", _("geweigerd")
    DROPPED_OUT = "dropped_out", _("afgehaakt")
    UNKNOWN = "unknown", _("onbekend")


#: Somebody still has something to do or to hear.
OPEN = (
    State.PROPOSED,
    State.CONSENTED,
    State.CONTACTED,
    State.WAITING_LIST,
    State.APPOINTMENT,
    State.ARRIVED,
)
#: Over, until somebody reopens it.
OVER = (State.CLOSED, State.REFUSED, State.DROPPED_OUT, State.UNKNOWN)
#: We know what came of it: the numerator of the headline figure.
KNOWN = (State.ARRIVED, State.CLOSED, State.REFUSED, State.DROPPED_OUT)
#: The partner knows of it and nobody knows yet what came of it.
PENDING = (State.CONTACTED, State.WAITING_LIST, State.APPOINTMENT)


class Happening(models.TextChoices):
    """What happened: a step of the timeline. Those of `LEADS_TO` move the referral."""

    PROPOSED = "proposed", _("voorgesteld")
    CONSENTED = "consented", _("toestemming gegeven")
    CONTACTED = "contacted", _("contact gelegd")
    WAITING_LIST = "waiting", _("op de wachtlijst")
    APPOINTMENT = "appointment", _("afspraak gemaakt")
    ARRIVED = "arrived", _("aangekomen")
    CLOSED = "closed", _("afgesloten")
    REFUSED = "refused", _("geweigerd")
    DROPPED_OUT = "dropped_out", _("afgehaakt")
    UNKNOWN = "unknown", _("onbekend gebleven")
    REOPENED = "reopened", _("heropend")
    ACCEPTED = "accepted", _("partner neemt het op")
    UNDER_STUDY = "under_study", _("partner onderzoekt het")
    NOT_YET = "not_yet", _("bezoeker: nog niet")
    REACHED = "reached", _("bezoeker: ja")
    FAILED = "failed", _("bezoeker: niet gelukt")
    REMINDED = "reminded", _("partner herinnerd")
    SILENT = "silent", _("opbouwwerker verwittigd")
    WITHDRAWN = "withdrawn", _("toestemming ingetrokken")


class Source(models.TextChoices):
    """Who said so."""

    TEAM = "team", _("team")
    PARTNER = "partner", _("partner")
    VISITOR = "visitor", _("bezoeker")
    MACHINE = "machine", _("vanzelf")


class Reason(models.TextChoices):
    """Why it was refused, dropped, reopened, or how it was closed; the groups are below."""

    NOT_OURS = "not_ours", _("hoort niet bij deze partner")
    FULL = "full", _("volzet")
    AREA = "area", _("buiten het gebied")
    CONDITIONS = "conditions", _("voldoet niet aan de voorwaarden")
    PAPERS = "papers", _("papieren ontbreken")
    KNOWN_ALREADY = "known", _("was daar al gekend")
    HELPED = "helped", _("geholpen")
    PARTLY = "partly", _("deels geholpen")
    NOT_HELPED = "not_helped", _("niet geholpen")
    NOT_NEEDED = "not_needed", _("niet meer nodig")
    NO_WISH = "no_wish", _("wil niet meer")
    NOT_REACHED = "not_reached", _("niet bereikt")
    DID_NOT_GO = "did_not_go", _("niet gegaan")
    MOVED = "moved", _("verhuisd")
    WITHDRAWN = "withdrawn", _("toestemming ingetrokken")
    ERASED = "erased", _("gegevens gewist")
    NEW_FACT = "new_fact", _("er is nieuws")
    AGAIN = "again", _("de vraag is er opnieuw")
    MISTAKE = "mistake", _("vergissing")
    OTHER = "other", _("andere reden")


REFUSALS = (
    Reason.NOT_OURS,
    Reason.FULL,
    Reason.AREA,
    Reason.CONDITIONS,
    Reason.PAPERS,
    Reason.KNOWN_ALREADY,
    Reason.OTHER,
)
RESULTS = (Reason.HELPED, Reason.PARTLY, Reason.NOT_HELPED)
DROP_OUTS = (
    Reason.NO_WISH,
    Reason.NOT_NEEDED,
    Reason.NOT_REACHED,
    Reason.DID_NOT_GO,
    Reason.MOVED,
    Reason.OTHER,
)
#: Only the machine gives these.
FORCED_DROP_OUTS = (Reason.WITHDRAWN, Reason.ERASED)
REOPENINGS = (Reason.NEW_FACT, Reason.AGAIN, Reason.MISTAKE)
#: The reasons that somebody chooses from when this happens.
REASONS_OF: dict[str, tuple[Reason, ...]] = {
    Happening.REFUSED: REFUSALS,
    Happening.CLOSED: RESULTS,
    Happening.DROPPED_OUT: DROP_OUTS,
    Happening.REOPENED: REOPENINGS,
}


class VoidReason(models.TextChoices):
    """Why a referral is struck out, as if it had not been made."""

    UNDONE = "undone", _("ongedaan gemaakt")
    MISTAKE = "mistake", _("vergissing")
    QUESTION = "question", _("de vraag is geschrapt")
