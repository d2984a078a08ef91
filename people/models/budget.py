"""What a household may spend: the rule of a STEK, as data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.querysets import BudgetRuleQuerySet
from places.models import Stek


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
