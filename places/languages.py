"""The languages in which the public page can be read: their own name, direction and dates."""

import datetime as dt
from typing import NamedTuple

from babel.dates import format_date, get_day_names
from django.utils.translation import gettext as _

#: A day that ends at this minute goes on until midnight; a pattern holds no 24 o'clock.
LAST_MINUTE = dt.time(23, 59)


class VisitorLanguage(NamedTuple):
    """`day` is the pattern of a weekday with its date, in the letters of CLDR."""

    code: str
    name: str
    locale: str
    day: str
    direction: str = "ltr"


LANGUAGES = (
    VisitorLanguage("nl", "Nederlands", "nl_BE", "EEEE d MMMM"),
    VisitorLanguage("fr", "Français", "fr_BE", "EEEE d MMMM"),
    VisitorLanguage("en", "English", "en_GB", "EEEE d MMMM"),
    VisitorLanguage("ar", "العربية", "ar", "EEEE، d MMMM", "rtl"),
    VisitorLanguage("tr", "Türkçe", "tr", "d MMMM EEEE"),
    VisitorLanguage("ro", "Română", "ro", "EEEE, d MMMM"),
    VisitorLanguage("pl", "Polski", "pl", "EEEE, d MMMM"),
    VisitorLanguage("uk", "Українська", "uk", "EEEE, d MMMM"),
    VisitorLanguage("ru", "Русский", "ru", "EEEE, d MMMM"),
    VisitorLanguage("es", "Español", "es", "EEEE, d 'de' MMMM"),
    VisitorLanguage("fa", "فارسی", "fa", "EEEE d MMMM", "rtl"),
    VisitorLanguage("ti", "ትግርኛ", "ti", "EEEE፣ d MMMM"),
)
_BY_CODE = {language.code: language for language in LANGUAGES}
DUTCH = LANGUAGES[0]


def language_of(code: str) -> VisitorLanguage:
    """The language with this code; Dutch when there is none."""
    return _BY_CODE.get(code, DUTCH)


def say_day(day: dt.date, language: VisitorLanguage) -> str:
    """Weekday and date, without the year: "woensdag 2 december"."""
    said: str = format_date(day, language.day, locale=language.locale)
    return said


def say_weekday(weekday: int, language: VisitorLanguage) -> str:
    """Monday is 0."""
    names = get_day_names("wide", context="stand-alone", locale=language.locale)
    said: str = names[weekday]
    return said


def say_time(time: dt.time, language: VisitorLanguage) -> str:
    """13u30 in Dutch, 13:30 elsewhere."""
    hour, minute = (24, 0) if time == LAST_MINUTE else (time.hour, time.minute)
    if language is DUTCH:
        return f"{hour}u{minute:02}" if minute else f"{hour}u"
    return f"{hour}:{minute:02}"


def say_hours(start: dt.time, end: dt.time, language: VisitorLanguage) -> str:
    """From when to when, in the language that is active."""
    said = {"start": say_time(start, language), "end": say_time(end, language)}
    return _("%(start)s–%(end)s") % said
