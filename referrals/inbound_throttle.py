"""Who tries addresses that open nothing waits a while; counted per address of the network."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MOST_A_MINUTE = 60


def knocks_too_often(request: HttpRequest) -> bool:
    """Count one more try; past the limit only the counter is read, so trying on costs no write."""
    who = get_adapter().get_client_ip(request)
    key = f"inbound:{who}:{int(time.time() // 60)}"
    tries = cache.get(key, 0)
    if tries >= MOST_A_MINUTE:
        return True
    cache.set(key, tries + 1, timeout=60)
    return False
