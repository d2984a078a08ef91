"""After another key came in front: everything that stands sealed, sealed again with it."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.sealed import UnreadableError, reseal

#: Names under which a second factor holds something sealed.
SEALED = ("secret", "seed")


def reseal_all() -> tuple[int, list[int]]:
    """How many were sealed again, and the numbers of the accounts whose key is not here.

    What is sealed in sessions and in open pages is gone in hours by itself.
    """
    done, unreadable = 0, set()
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=pk).first()
            if row is None:
                continue
            try:
                again = {name: reseal(row.data[name]) for name in SEALED if name in row.data}
            except UnreadableError:
                unreadable.add(row.user_id)
                continue
            row.data = row.data | again
            row.save(update_fields=["data"])
            done += 1
    return done, sorted(unreadable)
