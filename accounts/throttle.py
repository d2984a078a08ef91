"""Who tries too often waits a while; counted in the cache, so over all workers."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def tries_too_often(what: str, *, most: int, seconds: int, request: HttpRequest | None) -> bool:
    """Count one more try of this address of the network (None: of everybody together).

    Past the limit only the counter is read, so trying on costs no write.
    """
    who = get_adapter().get_client_ip(request) if request is not None else "all"
    key = f"{what}:{who}:{int(time.time() // seconds)}"
    tries = cache.get(key, 0)
    if tries >= most:
        return True
    cache.set(key, tries + 1, timeout=seconds)
    return False
