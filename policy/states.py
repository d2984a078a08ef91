"""The words of a signal: its eight phases, why it stops, why it goes on; no rules about moving."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """Where a signal stands; the order is that of the course."""

    NOTICED = "noticed", _("opgemerkt")
    COLLECTED = "collected", _("verzameld")
    BUNDLED = "bundled", _("gebundeld")
    ANALYSED = "analysed", _("geanalyseerd")
    HANDED_ON = "handed_on", _("doorgegeven")
    DECISION = "decision", _("beslissing")
    ACTION = "action", _("actie")
    FEEDBACK = "feedback", _("terugkoppeling")
    NOT_RETAINED = "not_retained", _("niet weerhouden")


#: One signal by itself; once it is bundled, the structural signal says where it stands.
OF_ONE = (Phase.NOTICED, Phase.COLLECTED, Phase.BUNDLED, Phase.NOT_RETAINED)
#: A structural signal.
OF_BUNDLE = (
    Phase.BUNDLED,
    Phase.ANALYSED,
    Phase.HANDED_ON,
    Phase.DECISION,
    Phase.ACTION,
    Phase.FEEDBACK,
    Phase.NOT_RETAINED,
)
#: Nothing more is to be done.
OVER = (Phase.FEEDBACK, Phase.NOT_RETAINED)
#: The recipient knows of it.
KNOWN_OUTSIDE = (Phase.HANDED_ON, Phase.DECISION, Phase.ACTION, Phase.FEEDBACK)


class Move(models.TextChoices):
    """A step of a structural signal; all but the last lead to the phase of the same name."""

    BUNDLED = "bundled", _("gebundeld")
    ANALYSED = "analysed", _("geanalyseerd")
    HANDED_ON = "handed_on", _("doorgegeven")
    DECISION = "decision", _("beslissing")
    ACTION = "action", _("actie")
    FEEDBACK = "feedback", _("teruggekoppeld")
    NOT_RETAINED = "not_retained", _("niet weerhouden")
    REOPENED = "reopened", _("heropend")


class Reason(models.TextChoices):
    """Why it is not retained, or taken up again; the groups are below."""

    ONCE = "once", _("één keer, niet structureel")
    KNOWN = "known", _("elders al gesignaleerd")
    NOT_OURS = "not_ours", _("hoort niet bij ons")
    SOLVED = "solved", _("intussen opgelost")
    UNCLEAR = "unclear", _("niet duidelijk genoeg")
    NEW_FACT = "new_fact", _("er is nieuws")
    AGAIN = "again", _("het komt terug")
    MISTAKE = "mistake", _("vergissing")
    OTHER = "other", _("andere reden")


NOT_RETAINED = (
    Reason.ONCE,
    Reason.KNOWN,
    Reason.NOT_OURS,
    Reason.SOLVED,
    Reason.UNCLEAR,
    Reason.OTHER,
)
REOPENINGS = (Reason.NEW_FACT, Reason.AGAIN, Reason.MISTAKE)
#: The reasons that somebody chooses from when this happens.
REASONS_OF: dict[str, tuple[Reason, ...]] = {
    Move.NOT_RETAINED: NOT_RETAINED,
    Move.REOPENED: REOPENINGS,
}


class VoidReason(models.TextChoices):
    """Why it is struck out, as if it had not been noted."""

    UNDONE = "undone", _("ongedaan gemaakt")
    MISTAKE = "mistake", _("vergissing")
    DOUBLE = "double", _("dubbel")
    PERSONAL = "personal", _("ging over één persoon")
