"""A mark is found wherever it stands, and not in what chance writes."""

import pytest

from tests.access.marks import Marks

FIELD = ("E", "people.Member.last_name")


@pytest.fixture
def marks() -> Marks:
    found = Marks()
    found.fields["ZQE0A7Q"] = FIELD
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Mevrouw ZQE0A7Q is er",
        "zqe0a7q@stek.example",
        'attachment; filename="Kalmthout-aanwezigen-zqe0a7q.csv"',
        "<b>Zqe0a7q</b>",
        "NaamZQE0A7QVoornaam",
        "ZQE0A7QZQE001QZQE002QZQE003Q",
        "eenheellangwoordzonderspatiezqe0a7q",
    ],
)
def test_mark_is_found_in_what_people_read(marks: Marks, text: str) -> None:
    assert marks.found_in(text) == {FIELD}


@pytest.mark.parametrize(
    "text",
    [
        "csrftoken=h3kPzZqE0a7qLw9XbN2mVrT5yUc8sDfG; Path=/",
        "csrftoken=h3kPzZQE0A7QLw9XbN2mVrT5yUc8sDfG; Path=/",
        "script-src 'nonce-b-ZqE0a7Q_x9Kd-Lw2mVr'",
    ],
)
def test_token_that_chance_wrote_like_a_mark_is_none(marks: Marks, text: str) -> None:
    assert marks.found_in(text) == set()


def test_what_was_asked_with_is_no_find(marks: Marks) -> None:
    assert marks.found_in("ZQE0A7Q", but="?q=zqe0a7q") == set()
