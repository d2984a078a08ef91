"""How allauth keeps the secrets of second factors: sealed."""

from allauth.mfa.adapter import DefaultMFAAdapter

from accounts.sealed import seal, unseal


class FactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)
