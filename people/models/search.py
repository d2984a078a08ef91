"""The keys under which people are found."""

from django.db import models

from people.models.fields import SearchKeyField
from people.models.household import Household, Member
from places.models import Stek


class NameKey(models.Model):
    """A key under which a person is found; derived from the names.

    Written by people.search and, in bulk, by people.imports; nobody else.
    """

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
