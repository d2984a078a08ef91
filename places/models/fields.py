"""Fields that the models of this app share."""

from typing import TYPE_CHECKING, Any

from django.db import models

from places.sensitive import no_national_number, plain_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def text_field(label: "StrOrPromise", length: int, **options: Any) -> models.CharField:
    """One line that somebody types."""
    return models.CharField(
        label, max_length=length, validators=[plain_text, no_national_number], **options
    )
