"""Two short texts that stand on every line about a household, drawn once per different content.

The text itself is in the templates; the counter shows eight such lines while somebody types.
"""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from people.eligibility import Standing

register = template.Library()


@register.simple_tag
def household_size(adults: int, children: int) -> SafeString:
    """How many adults and children, in words."""
    return _size(get_language(), adults, children)


@register.simple_tag
def access_badge(standing: Standing) -> SafeString:
    """The access of a household today: a colour and always the words."""
    return _badge(get_language(), standing)


@lru_cache(maxsize=256)
def _size(language: str | None, adults: int, children: int) -> SafeString:
    return render_to_string("people/_size.html", {"adults": adults, "children": children})


@lru_cache(maxsize=2048)
def _badge(language: str | None, standing: Standing) -> SafeString:
    return render_to_string("people/_standing.html", {"standing": standing})
