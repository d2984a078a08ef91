"""The mail on Monday: counts and a link, once a week, to who wants it."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import OutgoingMail
from accounts.outbox import NO_SERVER
from reviews.models import WeekMail
from tests import factories
from tests.reviews import desk
from tests.smtp import listening

pytestmark = pytest.mark.one_engine("a mail; its rows are in test_sources.py")

MONDAY = "2026-11-23T08:00:00+01:00"


@pytest.fixture
def worker(mika):
    mika.user.email = "mika@saamo.test"
    mika.user.save()
    return mika


@pytest.fixture
def opening(stek):
    """In week 47."""
    return factories.opening(stek, desk.day("2026-11-17"), closed=True)


def run(settings):
    with listening(settings) as server:
        call_command("run_due", verbosity=0)
        return server.mails


def choose(who, *, wanted):
    who.force_login(who.user)
    return who.post(reverse("reviews:mail"), {"wanted": "on"} if wanted else {})


def test_mail_says_how_much_waits_and_nothing_of_anybody(worker, stek, opening, settings, clock):
    desk.household(stek, "Fatima", "El Amrani", days_ago=3, number=147)
    factories.signal(stek, "Fatima wacht al lang.")
    clock.move_to(MONDAY)
    (mail,) = run(settings)
    assert mail["To"] == "mika@saamo.test"
    assert mail["Subject"] == "STEK Kalmthout: week 47"
    text = mail.get_content()
    assert "Week 47 is nog niet nagekeken." in text
    assert "Er wachten 3 dingen:" in text
    assert "- Nieuwe huishoudens: 1" in text
    assert "- Signalen om te sorteren: 1" in text
    assert "/week/2026-W47/" in text
    for name in ("Fatima", "Amrani", "147"):
        assert name not in mail.as_string()


def test_mail_leaves_once_however_often_the_timer_comes(worker, stek, opening, settings, clock):
    factories.opening(stek, desk.day("2026-11-24"), closed=True)
    clock.move_to(MONDAY)
    assert len(run(settings)) == 1
    clock.move_to("2026-11-23T08:05:00+01:00")
    assert run(settings) == []
    clock.move_to("2026-11-24T08:05:00+01:00")
    assert run(settings) == []
    clock.move_to("2026-11-30T08:00:00+01:00")
    assert len(run(settings)) == 1


@pytest.mark.parametrize(
    ("when", "count"),
    [
        ("2026-11-22T23:59:00+01:00", 0),
        ("2026-11-23T06:59:00+01:00", 0),
        ("2026-11-23T07:00:00+01:00", 1),
        ("2026-11-24T22:00:00+01:00", 1),  # the machine was off on Monday
        ("2026-11-25T08:00:00+01:00", 0),
    ],
)
def test_mail_leaves_on_monday_morning(worker, opening, settings, clock, when, count):
    clock.move_to(when)
    assert len(run(settings)) == count


@pytest.mark.parametrize(
    ("opened", "when", "key"),
    [
        # The clock goes back on Sunday 25 October: seven is six in UTC from then on.
        ("2026-10-20", "2026-10-26T06:00:00+00:00", "2026-W43"),
        ("2026-10-27", "2026-11-02T06:00:00+00:00", "2026-W44"),
        # And forward on Sunday 28 March 2027.
        ("2027-03-23", "2027-03-29T05:00:00+00:00", "2027-W12"),
        ("2026-12-29", "2027-01-04T06:00:00+00:00", "2026-W53"),
    ],
)
def test_seven_is_seven_on_either_clock_and_week_53_is_a_week(
    worker, stek, settings, clock, opened, when, key
):
    factories.opening(stek, desk.day(opened), closed=True)
    clock.move_to(when)
    clock.shift(-60)
    assert run(settings) == []
    clock.shift(60)
    (mail,) = run(settings)
    assert f"/week/{key}/" in mail.get_content()


def test_no_mail_when_nothing_waits_and_the_week_is_reviewed(
    worker, stek, opening, settings, clock
):
    factories.week_review(stek, desk.day("2026-11-16"))
    clock.move_to(MONDAY)
    assert run(settings) == []
    assert OutgoingMail.objects.get().state == "not_needed"


def test_reviewed_week_in_which_something_waits_is_mailed_without_reproach(
    worker, stek, opening, settings, clock
):
    factories.week_review(stek, desk.day("2026-11-16"))
    factories.signal(stek)
    clock.move_to(MONDAY)
    (mail,) = run(settings)
    assert "nog niet nagekeken" not in mail.get_content()
    assert "Er wacht 1 ding:" in mail.get_content()


def test_stek_that_was_closed_and_where_nothing_waits_gets_no_mail(worker, settings, clock):
    clock.move_to(MONDAY)
    assert run(settings) == []


def test_what_is_in_the_hands_of_a_colleague_does_not_count(
    worker, coordinator, stek, opening, settings, clock
):
    signal = factories.signal(stek)
    desk.press(worker, f"signal-{signal.pk}", to=coordinator.user.pk)
    factories.week_review(stek, desk.day("2026-11-16"))
    clock.move_to(MONDAY)
    assert run(settings) == []


def test_each_decides_for_themselves(worker, coordinator, opening, settings, clock):
    coordinator.user.email = "els@saamo.test"
    coordinator.user.save()
    assert "checked" in worker.get(reverse("reviews:mail")).content.decode()
    assert choose(worker, wanted=False).status_code == 302
    assert " checked" not in worker.get(reverse("reviews:mail")).content.decode()
    clock.move_to(MONDAY)
    assert [mail["To"] for mail in run(settings)] == ["els@saamo.test"]
    choose(worker, wanted=True)
    clock.move_to("2026-11-24T08:00:00+01:00")
    assert [mail["To"] for mail in run(settings)] == ["mika@saamo.test"]
    assert WeekMail.objects.count() == 1


def test_who_said_no_after_it_was_put_in_gets_none(worker, opening, settings, clock):
    clock.move_to(MONDAY)
    settings.EMAIL_BACKEND = NO_SERVER
    call_command("run_due", verbosity=0)
    assert OutgoingMail.objects.get().state == "waiting"
    choose(worker, wanted=False)
    assert run(settings) == []


def test_mail_that_waited_for_a_week_is_not_sent(worker, stek, opening, settings, clock):
    """The STEK sent no mail until then; the next Monday has a mail of its own."""
    stek.sends_mail = False
    stek.save()
    clock.move_to(MONDAY)
    assert run(settings) == []
    stek.sends_mail = True
    stek.save()
    factories.signal(stek)
    clock.move_to("2026-11-30T08:00:00+01:00")
    (mail,) = run(settings)
    assert mail["Subject"] == "STEK Kalmthout: week 48"


@pytest.mark.parametrize("role", ["counter", "helper", "administrator"])
def test_who_does_not_review_gets_no_mail(request, opening, settings, clock, role):
    who = request.getfixturevalue(role)
    who.user.email = "iemand@stek.test"
    who.user.save()
    clock.move_to(MONDAY)
    run(settings)
    # An administrator hears of backups instead.
    assert not OutgoingMail.objects.filter(kind="week").exists()


def test_who_left_gets_no_mail(worker, opening, settings, clock):
    worker.membership.last_day = desk.day("2026-11-22")
    worker.membership.save()
    clock.move_to(MONDAY)
    assert run(settings) == []


def test_two_steks_have_a_mail_each(worker, other_stek, stek, essen, opening, settings, clock):
    other_stek.user.email = "nadia@saamo.test"
    other_stek.user.save()
    factories.signal(essen)
    clock.move_to(MONDAY)
    mails = {mail["To"]: mail for mail in run(settings)}
    assert set(mails) == {"mika@saamo.test", "nadia@saamo.test"}
    assert mails["nadia@saamo.test"]["Subject"] == "STEK Essen: week 47"
    assert "Signalen" not in mails["mika@saamo.test"].get_content()


def test_who_has_no_address_is_told_so(mika, worker):
    mika.user.email = ""
    mika.user.save()
    page = mika.get(reverse("reviews:mail")).content.decode()
    assert "Je account heeft geen e-mailadres." in page
