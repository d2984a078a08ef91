"""A session of somebody who is signed in, or of a visitor who has one."""

from typing import Any, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from accounts.querysets import SessionQuerySet


class Browser(models.TextChoices):
    """Enough to know one's own again; the whole text of the browser is kept nowhere."""

    FIREFOX = "firefox", "Firefox"
    EDGE = "edge", "Edge"
    CHROME = "chrome", "Chrome"
    SAFARI = "safari", "Safari"
    OTHER = "other", _("een andere browser")


class Machine(models.TextChoices):
    WINDOWS = "windows", "Windows"
    MAC = "mac", _("een Mac")
    LINUX = "linux", "Linux"
    ANDROID = "android", _("een Android-toestel")
    APPLE = "apple", _("een iPhone of iPad")
    OTHER = "other", _("een ander toestel")


class Session(AbstractBaseSession):
    """Django's session, which also says whose it is; so all of one account end at once."""

    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    browser = models.CharField(max_length=10, choices=Browser, blank=True)
    machine = models.CharField(max_length=10, choices=Machine, blank=True)
    since = models.DateTimeField(null=True)
    #: To the minute; nothing more precise is ever needed.
    seen_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = BaseSessionManager.from_queryset(SessionQuerySet)()

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("sessie")  # type: ignore[assignment]  # the stubs want no lazy text
        verbose_name_plural = _("sessies")  # type: ignore[assignment]  # likewise

    @classmethod
    def get_session_store_class(cls) -> Any:
        raise NotImplementedError("Its store is `accounts.sessions.SessionStore`.")
