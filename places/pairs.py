"""The condition that who and when are filled together, for the constraints of any app."""

from django.db.models import Q


def paired(*names: str) -> Q:
    """All of these columns are filled, or none is."""
    none = Q(**{f"{name}__isnull": True for name in names})
    full = Q(**{f"{name}__isnull": False for name in names})
    return none | full
