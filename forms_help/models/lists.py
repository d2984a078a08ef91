"""The lists of Koffie & Formulieren that a coordinator keeps: themes, kinds of help, papers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forms_help.pictograms import Pictogram
from forms_help.querysets import ListQuerySet
from people.models import Language
from places.models import Partner, Stek
from places.models.fields import text_field


class ListItem(models.Model):
    """One line of a list. It is retired instead of deleted, so that history keeps its words."""

    #: The same for the lines that every STEK starts with, whatever it calls them since.
    key = models.SlugField(max_length=30, blank=True, editable=False)
    name = text_field(_("naam"), 60)
    position = models.PositiveSmallIntegerField(
        _("volgorde"), default=500, help_text=_("Het laagste getal staat eerst.")
    )
    retired = models.BooleanField(
        _("niet meer in gebruik"),
        default=False,
        help_text=_("Wat er al mee genoteerd is, blijft staan."),
    )

    objects = ListQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


def _once(model: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(
            name=f"{model}_name_once_per_stek",
            fields=["stek", "name"],
            violation_error_message=_("Deze naam staat al in de lijst."),
        ),
        models.UniqueConstraint(
            name=f"{model}_key_once_per_stek", fields=["stek", "key"], condition=~Q(key="")
        ),
        models.CheckConstraint(name=f"{model}_has_name", condition=~Q(name="")),
    ]


class Document(ListItem):
    """A paper or a thing that somebody may have to bring; `name` is the Dutch word for it."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="documents")
    pictogram = models.CharField(
        _("tekening"), max_length=20, choices=Pictogram, default=Pictogram.PAPER
    )

    class Meta(ListItem.Meta):
        verbose_name = _("mee te brengen")
        verbose_name_plural = _("mee te brengen")
        constraints = _once("document")


class DocumentName(models.Model):
    """What a paper is called in a visitor's language; without a row the Dutch word is shown."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="names")
    language = models.CharField(_("taal"), max_length=2, choices=Language)
    name = text_field(_("naam"), 80)

    class Meta:
        verbose_name = _("naam in een andere taal")
        verbose_name_plural = _("namen in andere talen")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                name="document_name_once_per_language",
                fields=["document", "language"],
                violation_error_message=_("In deze taal staat er al een naam."),
            ),
            models.CheckConstraint(name="document_name_filled", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Theme(ListItem):
    """What a question is about."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="themes")
    documents = models.ManyToManyField(
        Document, blank=True, related_name="+", verbose_name=_("meestal mee te brengen")
    )
    partners = models.ManyToManyField(
        Partner, blank=True, related_name="+", verbose_name=_("partners die hierbij helpen")
    )

    class Meta(ListItem.Meta):
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")
        constraints = _once("theme")


class HelpType(ListItem):
    """What somebody at the table did."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="help_types")
    documents = models.ManyToManyField(
        Document, blank=True, related_name="+", verbose_name=_("meestal mee te brengen")
    )
    partners = models.ManyToManyField(
        Partner, blank=True, related_name="+", verbose_name=_("partners die hierbij helpen")
    )

    class Meta(ListItem.Meta):
        verbose_name = _("soort hulp")
        verbose_name_plural = _("soorten hulp")
        constraints = _once("help_type")
