"""A household and the people who may come for it."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.cards import new_token
from people.models.fields import LAST_NUMBER, MOST_PERSONS, Language, name_field
from people.models.imports import HouseholdImport
from people.names import short_name
from people.querysets import HouseholdQuerySet, MemberQuerySet
from people.rights import EraseReason, RestrictReason
from places.models import Stek
from places.pairs import paired
from places.sensitive import no_national_number

if TYPE_CHECKING:
    from people.models.access import GroceryAccess


class Household(models.Model):
    """A customer of the grocery: number, contact person, and how many they are."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="households")
    number = models.PositiveIntegerField(_("klantnummer"))
    card = models.CharField(
        _("klantenkaart"), max_length=14, unique=True, default=new_token, editable=False
    )
    first_name = name_field(_("voornaam"))
    last_name = name_field(_("familienaam"))
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
    #: The household that this one turned out to be; its number and card lead there.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, related_name="absorbed", null=True, blank=True, editable=False
    )
    #: Changes of names, phone or size since it was compared with the others (`people.pairs`).
    to_compare = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    created_at = models.DateTimeField(_("ingeschreven op"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    erased_at = models.DateTimeField(_("gewist op"), null=True, blank=True, editable=False)
    #: Empty: the machine did it, when the term was over.
    eraser = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    erased_reason = models.CharField(
        _("gewist omdat"), max_length=8, choices=EraseReason, blank=True, editable=False
    )
    #: While the visitor's objection is looked into, the data is kept and not used.
    restricted_at = models.DateTimeField(_("beperkt op"), null=True, blank=True, editable=False)
    restricted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    restricted_reason = models.CharField(
        _("beperkt omdat"), max_length=9, choices=RestrictReason, blank=True, editable=False
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
                condition=Q(number__gte=1) & Q(number__lte=LAST_NUMBER),
                violation_error_message=_("Een klantnummer ligt tussen 1 en 999 999."),
            ),
            models.CheckConstraint(
                name="household_has_name",
                condition=~Q(first_name="")
                | ~Q(last_name="")
                | Q(erased_at__isnull=False)
                | Q(merged_into__isnull=False),
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
                name="household_erased_by_person_or_term",
                condition=Q(erased_at__isnull=True, eraser__isnull=True, erased_reason="")
                | Q(erased_at__isnull=False, eraser__isnull=False)
                | Q(erased_at__isnull=False, eraser__isnull=True, erased_reason="term"),
            ),
            models.CheckConstraint(
                name="household_restricted_at_by",
                condition=paired("restricted_at", "restricted_by"),
            ),
            models.CheckConstraint(
                name="household_restricted_with_reason",
                condition=Q(restricted_at__isnull=True, restricted_reason="")
                | (
                    Q(restricted_at__isnull=False, erased_at__isnull=True)
                    & ~Q(restricted_reason="")
                ),
            ),
            models.CheckConstraint(
                name="household_erased_holds_nobody",
                condition=Q(erased_at__isnull=True)
                | Q(first_name="", last_name="", phone="", language=""),
            ),
            models.CheckConstraint(
                name="household_merged_holds_nobody",
                condition=Q(merged_into__isnull=True)
                | Q(first_name="", last_name="", phone="", language=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["stek"], name="household_to_compare", condition=Q(to_compare__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.full_name}".strip()

    @property
    def full_name(self) -> str:
        """The contact person as one says it: first name first."""
        return f"{self.first_name} {self.last_name}".strip() or self._nobody

    @property
    def short_name(self) -> str:
        """First name and initial: what may stand on a screen that others see."""
        return short_name(self.first_name, self.last_name) or self._nobody

    @property
    def _nobody(self) -> str:
        return str(_("samengevoegd") if self.merged_into_id else _("gewist"))

    @property
    def listed_name(self) -> str:
        """In a list of others; of who is restricted only that it is so."""
        return str(_("op beperking")) if self.is_restricted else self.full_name

    @property
    def is_restricted(self) -> bool:
        """Kept and not used: pages show that, and nothing else of it."""
        return self.restricted_at is not None

    @property
    def persons(self) -> int:
        return self.adults + self.children


class Member(models.Model):
    """Another person of the household who may come for it."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    first_name = name_field(_("voornaam"))
    last_name = name_field(_("familienaam"))
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
