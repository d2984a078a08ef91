"""Sign-in by user name; who is signed in is read together with their roles, in one query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from accounts.models import Membership, User


class StekBackend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        """The user with `current_memberships` filled; most requests need both."""
        roles = Membership.objects.of_user(user_id).current(timezone.localdate())
        rows = list(roles.with_second_factor())
        user = rows[0].user if rows else User.objects.filter(pk=user_id, is_active=True).first()
        if user is not None:
            user.current_memberships = rows
        return user
