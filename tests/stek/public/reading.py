"""What the tests of the public page share."""

import datetime as dt
import html
import re
from zoneinfo import ZoneInfo

from django.http import HttpResponse

BRUSSELS = ZoneInfo("Europe/Brussels")
#: A Wednesday morning, the first of a Mika week.
MORNING = dt.datetime(2026, 12, 2, 9, 0, tzinfo=BRUSSELS)


def text_of(response: HttpResponse) -> str:
    """What is read, with single spaces."""
    body = re.sub(r"<head>.*?</head>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def days_of(response: HttpResponse) -> list[str]:
    """The cards of the coming weeks."""
    cards = re.findall(r'<li class="day.*?<h3>(?:.*?)(?=<li class="day|</ol>|</section>)',
                       response.content.decode(), re.DOTALL)  # fmt: skip
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", card)).split()) for card in cards]


def page(client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return text_of(response)
