"""Households, their members and their access to the grocery; not their visits.

Nothing here may hold a national number, income, debts, nationality, health or a free note on a
person (PRODUCT section 7).
"""

import uuid
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.cards import new_token
from people.names import short_name
from people.querysets import (
    BudgetRuleQuerySet,
    GroceryAccessQuerySet,
    HouseholdImportQuerySet,
    HouseholdQuerySet,
    MemberQuerySet,
)
from people.sensitive import no_national_number, plain_text
from places.models import Stek

#: More people than this under one roof is a typing error.
MOST_PERSONS = 30


class Language(models.TextChoices):
    """The languages that visitors read; the slips and consent texts exist in these."""

    DUTCH = "nl", _("Nederlands")
    FRENCH = "fr", _("Frans")
    ENGLISH = "en", _("Engels")
    ARABIC = "ar", _("Arabisch")
    TURKISH = "tr", _("Turks")
    ROMANIAN = "ro", _("Roemeens")
    POLISH = "pl", _("Pools")
    UKRAINIAN = "uk", _("Oekraïens")
    RUSSIAN = "ru", _("Russisch")
    SPANISH = "es", _("Spaans")
    PERSIAN = "fa", _("Perzisch (Farsi/Dari)")
    TIGRINYA = "ti", _("Tigrinya")


def _name_field(label: str, *, blank: bool = True) -> models.CharField:
    return models.CharField(
        label, max_length=80, blank=blank, validators=[plain_text, no_national_number]
    )


def paired(*names: str) -> Q:
    """All of these columns are filled, or none is."""
    none = Q(**{f"{name}__isnull": True for name in names})
    full = Q(**{f"{name}__isnull": False for name in names})
    return none | full


class Referrer(models.Model):
    """Who sends households to the grocery: an OCMW, a CAW, ... `key` makes one of its spellings."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="referrers")
    name = models.CharField(_("naam"), max_length=80, validators=[plain_text, no_national_number])
    key = models.CharField(max_length=80, editable=False)
    retired = models.BooleanField(_("niet meer gebruiken"), default=False)

    class Meta:
        verbose_name = _("toeleider")
        verbose_name_plural = _("toeleiders")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="referrer_once_per_stek",
                fields=["stek", "key"],
                violation_error_message=_("Deze toeleider staat er al."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BudgetRule(models.Model):
    """What a household may spend per visit, week or month.

    The limit is the highest step that the household reaches by its number of persons, plus an
    amount per adult and per child. That expresses every rule seen in the field.
    """

    class Period(models.TextChoices):
        VISIT = "visit", _("dit bezoek")
        WEEK = "week", _("deze week")
        MONTH = "month", _("deze maand")

    stek = models.OneToOneField(Stek, models.PROTECT, related_name="budget_rule")
    period = models.CharField(_("per"), max_length=5, choices=Period, default=Period.WEEK)
    per_adult = models.DecimalField(_("per volwassene"), max_digits=6, decimal_places=2, default=0)
    per_child = models.DecimalField(_("per kind"), max_digits=6, decimal_places=2, default=0)
    active = models.BooleanField(_("gebruiken"), default=True)

    objects = BudgetRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("budgetregel")
        verbose_name_plural = _("budgetregels")
        constraints = [
            models.CheckConstraint(
                name="budget_rule_not_negative",
                condition=Q(per_adult__gte=0) & Q(per_child__gte=0),
                violation_error_message=_("Een bedrag kan niet onder nul zijn."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stek}: {self.get_period_display()}"


class BudgetStep(models.Model):
    """An amount from so many persons on."""

    rule = models.ForeignKey(BudgetRule, models.CASCADE, related_name="steps")
    from_persons = models.PositiveSmallIntegerField(_("vanaf zoveel personen"), default=1)
    amount = models.DecimalField(_("bedrag in euro"), max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = _("trap")
        verbose_name_plural = _("trappen")
        ordering = ["from_persons"]
        constraints = [
            models.UniqueConstraint(
                name="budget_step_once",
                fields=["rule", "from_persons"],
                violation_error_message=_("Deze trap staat er al."),
            ),
            models.CheckConstraint(
                name="budget_step_sensible",
                condition=Q(from_persons__gte=1) & Q(amount__gte=0),
                violation_error_message=_("Een trap begint bij 1 persoon en een bedrag vanaf 0."),
            ),
        ]

    def __str__(self) -> str:
        return _("vanaf %(persons)s: € %(amount)s") % {
            "persons": self.from_persons,
            "amount": self.amount,
        }


class HouseholdImport(models.Model):
    """A customer list that was read in; a draft keeps its cells until somebody decides."""

    class State(models.TextChoices):
        DRAFT = "draft", _("nog niet ingelezen")
        CONFIRMED = "confirmed", _("ingelezen")
        CANCELLED = "cancelled", _("geannuleerd")
        UNDONE = "undone", _("teruggedraaid")

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="imports")
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(_("bestand"), max_length=200)
    state = models.CharField(_("toestand"), max_length=9, choices=State, default=State.DRAFT)
    #: The cells without the columns that are never read in; emptied when it is decided.
    table = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("gekozen op"), db_default=Now())
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("ingelezen op"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    undone_at = models.DateTimeField(_("teruggedraaid op"), null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = HouseholdImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("ingelezen lijst")
        verbose_name_plural = _("ingelezen lijsten")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="import_confirmed_at_by", condition=paired("confirmed_at", "confirmed_by")
            ),
            models.CheckConstraint(
                name="import_undone_at_by", condition=paired("undone_at", "undone_by")
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportMapping(models.Model):
    """How this STEK's list names its columns, remembered from the last import."""

    stek = models.ForeignKey(Stek, models.CASCADE, related_name="import_mappings")
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="import_mapping_once", fields=["stek", "signature"]),
        ]

    def __str__(self) -> str:
        return self.signature


class Household(models.Model):
    """A customer of the grocery: number, contact person, and how many they are."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="households")
    number = models.PositiveIntegerField(_("klantnummer"))
    card = models.CharField(
        _("klantenkaart"), max_length=12, unique=True, default=new_token, editable=False
    )
    first_name = _name_field(_("voornaam"))
    last_name = _name_field(_("familienaam"))
    adults = models.PositiveSmallIntegerField(_("volwassenen"), default=1)
    children = models.PositiveSmallIntegerField(_("kinderen"), default=0)
    phone = models.CharField(
        _("telefoon"), max_length=32, blank=True, validators=[no_national_number]
    )
    language = models.CharField(_("taal"), max_length=2, choices=Language, blank=True)

    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    source_import = models.ForeignKey(
        HouseholdImport,
        models.PROTECT,
        related_name="households",
        null=True,
        blank=True,
        editable=False,
    )
    #: Counts up at each change, so that the second of two people editing is told.
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("ingeschreven op"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    erased_at = models.DateTimeField(_("gewist op"), null=True, blank=True, editable=False)
    erased_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )

    #: The current access, filled by `Household.objects.with_access()`; it stays None without one.
    access: "GroceryAccess | None" = None

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("huishouden")
        verbose_name_plural = _("huishoudens")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="household_number_once_per_stek",
                fields=["stek", "number"],
                violation_error_message=_("Dit klantnummer is al van een ander huishouden."),
            ),
            models.CheckConstraint(
                name="household_number_positive",
                condition=Q(number__gte=1) & Q(number__lte=999_999),
                violation_error_message=_("Een klantnummer ligt tussen 1 en 999 999."),
            ),
            models.CheckConstraint(
                name="household_has_name",
                condition=~Q(first_name="") | ~Q(last_name="") | Q(erased_at__isnull=False),
                violation_error_message=_("Vul een voornaam of een familienaam in."),
            ),
            models.CheckConstraint(
                name="household_size_sensible",
                condition=Q(adults__lte=MOST_PERSONS)
                & Q(children__lte=MOST_PERSONS)
                & (Q(adults__gte=1) | Q(children__gte=1)),
                violation_error_message=_(
                    "Een huishouden telt minstens 1 persoon, en hoogstens 30 volwassenen en "
                    "30 kinderen."
                ),
            ),
            models.CheckConstraint(
                name="household_erased_at_by", condition=paired("erased_at", "erased_by")
            ),
            models.CheckConstraint(
                name="household_erased_holds_nobody",
                condition=Q(erased_at__isnull=True)
                | Q(first_name="", last_name="", phone="", language=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.full_name}".strip()

    @property
    def full_name(self) -> str:
        """The contact person as one says it: first name first."""
        return f"{self.first_name} {self.last_name}".strip() or str(_("gewist"))

    @property
    def short_name(self) -> str:
        """First name and initial: what may stand on a screen that others see."""
        return short_name(self.first_name, self.last_name) or str(_("gewist"))

    @property
    def persons(self) -> int:
        return self.adults + self.children


class Member(models.Model):
    """Another person of the household who may come for it."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    first_name = _name_field(_("voornaam"))
    last_name = _name_field(_("familienaam"))
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("lid")
        verbose_name_plural = _("leden")
        ordering = ["first_name", "last_name"]
        constraints = [
            models.CheckConstraint(
                name="member_has_name",
                condition=~Q(first_name="") | ~Q(last_name=""),
                violation_error_message=_("Vul een voornaam of een familienaam in."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class SearchKeyField(models.CharField):
    """Text that is compared byte by byte on both engines, so that both find the same people.

    SQLite does so by itself; on PostgreSQL collation "C" also makes a prefix an index range.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class NameKey(models.Model):
    """A key under which a person is found; derived from the names by people.search only."""

    class Kind(models.IntegerChoices):
        WORD = 1, "word"
        SOUND = 2, "sound"
        TRIGRAM = 3, "trigram"

    stek = models.ForeignKey(Stek, models.CASCADE, related_name="+", db_index=False)
    household = models.ForeignKey(Household, models.CASCADE, related_name="name_keys")
    #: Null: the contact person.
    member = models.ForeignKey(Member, models.CASCADE, related_name="name_keys", null=True)
    kind = models.PositiveSmallIntegerField(choices=Kind)
    key = SearchKeyField(max_length=80)

    class Meta:
        indexes = [
            models.Index(
                fields=["stek", "kind", "key", "household", "member"], name="namekey_lookup"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class GroceryAccess(models.Model):
    """The decision that a household may shop until a day; a renewal is a new row."""

    class SuspendReason(models.TextChoices):
        PAPERS = "papers", _("papieren ontbreken")
        REFERRER = "referrer", _("op vraag van de toeleider")
        AGREEMENT = "agreement", _("afspraken niet gevolgd")
        OWN_REQUEST = "own_request", _("op eigen vraag")
        OTHER = "other", _("andere reden")

    class EndReason(models.TextChoices):
        IMPROVED = "improved", _("niet meer nodig")
        MOVED = "moved", _("verhuisd")
        OWN_REQUEST = "own_request", _("op eigen vraag")
        REFERRER = "referrer", _("beslissing van de toeleider")
        OTHER = "other", _("andere reden")

    household = models.ForeignKey(Household, models.PROTECT, related_name="accesses")
    referrer = models.ForeignKey(
        Referrer, models.PROTECT, null=True, blank=True, verbose_name=_("toeleider")
    )
    budget_step = models.ForeignKey(
        BudgetStep,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("budgettrap"),
        help_text=_("Leeg: de trap volgt uit het aantal personen."),
    )
    valid_from = models.DateField(_("geldig vanaf"))
    valid_until = models.DateField(_("geldig tot en met"))
    #: Exactly one row of a household is current: the last decision.
    current = models.BooleanField(default=True, editable=False)
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("beslist op"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    suspended_at = models.DateTimeField(_("geschorst op"), null=True, blank=True, editable=False)
    suspended_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    suspended_reason = models.CharField(
        _("reden van schorsing"), max_length=12, choices=SuspendReason, blank=True
    )
    ended_at = models.DateTimeField(_("stopgezet op"), null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    ended_reason = models.CharField(
        _("reden van stopzetting"), max_length=12, choices=EndReason, blank=True
    )

    objects = GroceryAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("toegang")
        verbose_name_plural = _("toegangen")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="access_one_current",
                fields=["household"],
                condition=Q(current=True),
                violation_error_message=_("Dit huishouden heeft al een lopende toegang."),
            ),
            models.CheckConstraint(
                name="access_from_before_until",
                condition=Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("De einddatum kan niet voor de begindatum komen."),
            ),
            models.CheckConstraint(
                name="access_suspended_at_by", condition=paired("suspended_at", "suspended_by")
            ),
            models.CheckConstraint(
                name="access_suspended_with_reason",
                condition=Q(suspended_at__isnull=True, suspended_reason="")
                | (Q(suspended_at__isnull=False) & ~Q(suspended_reason="")),
            ),
            models.CheckConstraint(
                name="access_ended_at_by", condition=paired("ended_at", "ended_by")
            ),
            models.CheckConstraint(
                name="access_ended_with_reason",
                condition=Q(ended_at__isnull=True, ended_reason="")
                | (Q(ended_at__isnull=False) & ~Q(ended_reason="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["valid_until"], name="access_current_until", condition=Q(current=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y} - {self.valid_until:%d/%m/%Y}"
