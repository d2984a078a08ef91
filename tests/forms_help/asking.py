"""What tests of questions share."""

import datetime as dt

from django.utils import timezone

from accounts.models import AuditEvent
from forms_help.models import FollowUp, Question
from tests import factories
from tests.visits.desk import text_of

KEY = "6f0d6c3e-64c1-4c1c-9a5e-0123456789ab"


def open_on(stek, day) -> None:
    """The place opens on this day, also when it is a holiday."""
    hours = {"opens_at": dt.time(13), "closes_at": dt.time(16)}
    factories.changed_day(stek, day, to_day=day, **hours)


def struck(client, reason: str = "mistake") -> dict[str, object]:
    return {"voided_at": timezone.now(), "voided_by": client.user, "void_reason": reason}


def refused(response, words: str, *, changes: int = 0) -> None:
    """Said in Dutch, and nothing is written; `changes` are those of before."""
    assert response.status_code == 422
    assert words in text_of(response)
    assert not Question.objects.exists()
    assert not FollowUp.objects.exists()
    assert AuditEvent.objects.filter(kind="change").count() == changes


def re_checked(page: str, name: str) -> list[str]:
    """The values of this question that are chosen on the page."""
    inputs = [tag for tag in page.split("<input")[1:] if f'name="{name}"' in tag]
    ticked = [tag.split(">", 1)[0] for tag in inputs if " checked" in tag.split(">", 1)[0]]
    return [tag.split('value="', 1)[1].split('"', 1)[0] for tag in ticked]
