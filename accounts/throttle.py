"""Who tries too often waits a while; counted in the cache, so over all workers."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest


def tries_too_often(what: str, *, most: int, seconds: int, request: HttpRequest | None) -> bool:
    """Count one more try of this address of the network (None: of everybody together).

    Past the limit only the counter is read, so trying on costs no write.
    """
    who = get_adapter().get_client_ip(request) if request is not None else "all"
    key = f"{what}:{who}:{int(time.time() // seconds)}"
    if cache.get(key, 0) >= most:
        return True
    with transaction.atomic():
        _count_alone(key)
        tries = cache.get(key, 0)
        if tries < most:
            cache.set(key, tries + 1, timeout=seconds)
    return tries >= most


def _count_alone(key: str) -> None:
    """Whoever counts the same now waits for this transaction; SQLite lets one in at a time anyway.

    The cache itself reads and writes apart, so of twenty at once all would be the first.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
