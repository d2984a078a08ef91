"""The step of signing in that asks for the code, when there is one to ask for."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest


class CodeStage(AuthenticateStage):
    def is_resumable(self, request: HttpRequest) -> bool:
        """On a shared laptop the sign-in page is for whoever comes next."""
        return False
