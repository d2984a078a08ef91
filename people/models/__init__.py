"""Households, their members and their access to the grocery; not their visits.

Nothing here may hold a national number, income, debts, nationality, health or a free note on a
person.
"""

from people.models.access import GroceryAccess, Referrer
from people.models.books import LeavingNotice, RetentionHold
from people.models.budget import BudgetRule, BudgetStep
from people.models.consent import Consent
from people.models.fields import LAST_NUMBER, MOST_PERSONS, Language
from people.models.household import Household, Member
from people.models.imports import HouseholdImport, ImportMapping
from people.models.merge import UNDO_DAYS, Merge
from people.models.pair import DuplicatePair
from people.models.search import NameKey
from places.pairs import paired

__all__ = [
    "LAST_NUMBER",
    "MOST_PERSONS",
    "UNDO_DAYS",
    "BudgetRule",
    "BudgetStep",
    "Consent",
    "DuplicatePair",
    "GroceryAccess",
    "Household",
    "HouseholdImport",
    "ImportMapping",
    "Language",
    "LeavingNotice",
    "Member",
    "Merge",
    "NameKey",
    "Referrer",
    "RetentionHold",
    "paired",
]
