"""Moments and sizes as people say them, for commands and for the status page."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format, number_format


def said_moment(moment: dt.datetime) -> str:
    """21/03/2026 14u30."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def said_size(size: int) -> str:
    """1,4 GB; 820 MB; 12 kB."""
    for unit, name in ((10**9, "GB"), (10**6, "MB")):
        if size >= unit:
            decimals = 1 if size < 10 * unit else 0
            return f"{number_format(size / unit, decimals)} {name}"
    return f"{size // 1000} kB"
