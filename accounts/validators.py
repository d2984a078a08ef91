"""Which passwords are refused: Django's four rules in our own words, and a fifth of ours.

Django says "uw wachtwoord"; here everybody is "je".
"""

from django.contrib.auth import password_validation as django_rules
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


class LengthValidator(django_rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord is te kort. Neem minstens %d tekens.") % self.min_length

    def get_help_text(self) -> str:
        return _("Minstens %d tekens: een korte zin is makkelijk te onthouden.") % self.min_length


class SimilarityValidator(django_rules.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord lijkt te veel op je naam of je gebruikersnaam.")

    def get_help_text(self) -> str:
        return _("Gebruik niet je naam of je gebruikersnaam.")


class CommonValidator(django_rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord gebruiken te veel mensen.")

    def get_help_text(self) -> str:
        return _("Kies geen wachtwoord dat veel mensen gebruiken.")


class NumericValidator(django_rules.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord bestaat alleen uit cijfers.")

    def get_help_text(self) -> str:
        return _("Gebruik niet alleen cijfers.")
