"""Passwords may not be built on the words that everybody here would try first."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

OWN_WORDS = ("stek", "saamo", "kalmthout", "kruideniertje")


class OwnWordsValidator:
    """Refuses a password in which fewer than 8 characters remain without our own words."""

    def validate(self, password: str, user: object | None = None) -> None:
        rest = password.lower()
        for word in OWN_WORDS:
            rest = rest.replace(word, "")
        if rest != password.lower() and len(rest) < 8:
            raise ValidationError(self.get_help_text(), code="password_own_words")

    def get_help_text(self) -> str:
        return _("Bouw je wachtwoord niet op woorden als STEK, SAAMO of Kalmthout.")
