"""What the directory starts with, and the settings of an office about silence and mail."""

import pytest

from accounts.models import AuditEvent
from forms_help import starting as lists
from forms_help.list_actions import start_lists
from referrals import starting
from referrals.models import Service
from referrals.start_actions import start_services
from tests import factories
from tests.stek.office.hands import change, save


def test_services_are_of_partners_themes_and_papers_that_a_stek_starts_with():
    partners = {line.name for line in lists.PARTNERS}
    themes = {line.key for line in lists.THEMES}
    documents = {line.key for line in lists.DOCUMENTS}
    assert {line.partner for line in starting.SERVICES} == partners
    for line in starting.SERVICES:
        assert set(line.themes) <= themes
        assert set(line.documents) <= documents
    helped = {key for line in starting.SERVICES for key in line.themes}
    assert helped == themes - {"other"}


def test_new_stek_has_services_with_themes_and_papers(stek):
    start_lists(stek, by=None)
    start_services(stek, by=None)
    rows = Service.objects.of_stek(stek).for_offer()
    assert len(rows) == len(starting.SERVICES)
    for service in rows:
        service.full_clean()
        assert service.themes.all()
    assert AuditEvent.objects.filter(verb="start_services").count() == 1


def test_starting_twice_or_over_own_work_changes_nothing(stek):
    start_lists(stek, by=None)
    start_services(stek, by=None)
    before = Service.objects.count()
    start_services(stek, by=None)
    assert Service.objects.count() == before
    Service.objects.all().delete()
    factories.service(stek.partners.first(), "Van ons")
    start_services(stek, by=None)
    assert Service.objects.get().name == "Van ons"


GOOD = {
    "sends_mail": "on",
    "mails_per_day": "30",
    "remind_days": "5",
    "silent_days": "10",
    "unknown_days": "30",
    "consent_months": "12",
}


def test_settings_of_referrals_are_saved(coordinator, stek):
    assert save(coordinator, change(stek), **GOOD).status_code == 302
    stek.refresh_from_db()
    days = (stek.remind_days, stek.silent_days, stek.unknown_days)
    assert (stek.mails_per_day, days, stek.consent_months) == (30, (5, 10, 30), 12)
    assert "remind_days" in AuditEvent.objects.get(verb="update").fields


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("silent_days", "5", "Kies meer dagen dan voor de herinnering."),
        ("unknown_days", "10", "Kies meer dagen dan voor het verwittigen."),
        ("remind_days", "0", ""),
        ("mails_per_day", "0", ""),
        ("mails_per_day", "1001", ""),
        ("consent_months", "121", ""),
        ("consent_months", "x", ""),
    ],
)
def test_settings_that_make_no_sense_are_refused(coordinator, stek, field, value, message):
    answer = save(coordinator, change(stek), **GOOD | {field: value})
    assert answer.status_code == 200
    errors = answer.context["adminform"].form.errors
    assert list(errors) == [field]
    assert message in " ".join(errors[field])
    stek.refresh_from_db()
    assert stek.mails_per_day == 40
