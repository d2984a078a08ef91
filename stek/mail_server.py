"""What `STEK_EMAIL_URL` means: which server takes the mail, and how it is spoken to."""

from dataclasses import dataclass

import environ
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class MailServer:
    """As Django's settings want it; without a host nothing leaves."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False

    @classmethod
    def of(cls, url: str, *, demo: bool) -> "MailServer":
        """The address may hold a password, so no message repeats it."""
        if not url:
            kind = "filebased" if demo else "dummy"
            return cls(f"django.core.mail.backends.{kind}.EmailBackend")
        try:
            found = environ.Env.email_url_config(url)
        except (ValueError, ImproperlyConfigured):
            found = {}
        if not found.get("EMAIL_HOST") or not url.startswith("smtp"):
            raise ImproperlyConfigured(
                "STEK_EMAIL_URL does not name a mail server. "
                "Write it like smtp+tls://user:password@mail.example:587."
            )
        is_tls, starts_tls = "EMAIL_USE_SSL" in found, "EMAIL_USE_TLS" in found
        return cls(
            backend="accounts.smtp.EmailBackend",
            host=found["EMAIL_HOST"],
            port=found["EMAIL_PORT"] or (465 if is_tls else 587 if starts_tls else 25),
            user=found["EMAIL_HOST_USER"] or "",
            password=found["EMAIL_HOST_PASSWORD"] or "",
            starts_tls=starts_tls,
            is_tls=is_tls,
        )
