"""Why people come: the word that the counter, the settings of a STEK and the reports share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """A visit may have several; each is also a column of the visit, so that it can be counted."""

    GROCERY = "grocery", _("winkel")
    COFFEE = "coffee", _("koffie")
    QUESTION = "question", _("vraag")
    ACTIVITY = "activity", _("activiteit")

    @classmethod
    def all_values(cls) -> list[str]:
        return [*cls.values]

    @classmethod
    def grocery_values(cls) -> list[str]:
        return [cls.GROCERY.value]

    @classmethod
    def coffee_values(cls) -> list[str]:
        return [cls.COFFEE.value]
