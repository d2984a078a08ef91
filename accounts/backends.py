"""Sign-in by user name; who is signed in is read together with their roles, in one query."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from accounts.models import Membership, User
from accounts.querysets import MembershipQuerySet


class StekBackend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        """The user with `current_memberships` filled; most requests need both."""
        rows = list(_roles().filter(user_id=user_id))
        user = rows[0].user if rows else User.objects.filter(pk=user_id).first()
        if user is None or not user.is_active:
            return None
        today = timezone.localdate()
        user.current_memberships = [row for row in rows if not row.has_ended(today)]
        return user


@cache
def _roles() -> MembershipQuerySet:
    """Put together once: every request asks it, and that took longer than the answer."""
    return Membership.objects.with_person_and_stek().with_second_factor()
