"""The directory of partners as it is read: the list, one partner, the printed list, the checks."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from referrals.models import PartnerCheck
from tests import factories
from tests.visits.desk import text_of

LIST = reverse("partners:list")


def page_of(partner: Any) -> str:
    return reverse("partners:partner", args=[partner.pk])


def names(response: Any) -> list[str]:
    return [line.partner.name for line in response.context["directory"].lines]


@pytest.fixture
def caw(stek):
    """With a service that is open all day today."""
    partner = factories.partner(stek, "CAW", line="Praat met iemand.", phone="03 000 00 11")
    service = factories.service(
        partner,
        "Schuldhulp",
        themes=[factories.theme(stek, "schulden")],
        conditions="wie in Kalmthout woont",
        fee="gratis",
        area="Kalmthout",
        languages=["nl", "ar"],
        how_to_reach="bus 40",
        social_map="https://kaart.example/caw",
    )
    service.documents.add(factories.document(stek, "alle facturen"))
    today = timezone.localdate().weekday()
    service.hours.create(weekday=today, opens_at=dt.time(0, 0), closes_at=dt.time(23, 59))
    return partner


def test_first_page_says_what_to_do(coordinator, helper):
    page = coordinator.get(LIST).content.decode()
    assert "Nog geen partners" in page
    assert reverse("partners:create") in page
    assert reverse("hsds:start") in page
    page = helper.get(LIST).content.decode()
    assert "Nog geen partners" in page
    assert reverse("partners:create") not in page
    assert reverse("hsds:start") not in page


def test_list_shows_what_each_partner_offers_and_who_looked(helper, stek, caw, mika):
    factories.partner_check(caw, by=mika.user, days_ago=3)
    factories.partner(stek, "LIGO")
    text = text_of(helper.get(LIST), "inhoud")
    day = timezone.localdate() - dt.timedelta(days=3)
    assert "Schuldhulp schulden nu open tot 23u59" in text
    assert f"nagekeken op {day:%d/%m/%Y} door Mika" in text
    assert "LIGO Nog geen aanbod ingevuld. nog nooit nagekeken" in text
    assert "1 partner is langer dan zes maanden niet nagekeken." in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=schuldhulp", ["CAW"]),
        ("q=KALMTHOUT gratis", []),
        ("q=woont caw", ["CAW"]),
        ("q=cafe", ["Café Praat"]),
        ("q=%00<b>", []),
        ("taal=ar", ["CAW"]),
        ("taal=fr", []),
        ("taal=xx", ["CAW", "Café Praat"]),
        ("toon=alles", ["CAW", "Café Praat", "Oud"]),
        ("toon=alles&q=weg", ["Oud"]),
        ("q=weg", []),
        ("thema=x", ["CAW", "Café Praat"]),
        ("thema=99999999999999999999", ["CAW", "Café Praat"]),
    ],
)
def test_list_is_narrowed(helper, stek, caw, query, found):
    factories.partner(stek, "Café Praat")
    factories.service(factories.partner(stek, "Oud", retired=True), "Weg", retired=True)
    assert names(helper.get(f"{LIST}?{query}")) == found


def test_theme_finds_by_service_and_by_the_list_of_themes(helper, stek, caw):
    ligo, rent = factories.partner(stek, "LIGO"), factories.theme(stek, "wonen")
    rent.partners.add(ligo)
    debts = caw.services.get().themes.get()
    assert names(helper.get(f"{LIST}?thema={debts.pk}")) == ["CAW"]
    assert names(helper.get(f"{LIST}?thema={rent.pk}")) == ["LIGO"]
    caw.services.update(retired=True)
    assert names(helper.get(f"{LIST}?thema={debts.pk}")) == []


def test_partners_of_another_stek_do_not_show(helper, essen):
    other = factories.partner(essen, "Elders")
    factories.service(other, "Elders")
    assert names(helper.get(f"{LIST}?toon=alles")) == []
    assert "Elders" not in helper.get(reverse("partners:print_list")).content.decode()


def test_queries_stay_the_same_however_many_partners(
    coordinator, stek, caw, mika, django_assert_max_num_queries
):
    def asked(address: str) -> int:
        with django_assert_max_num_queries(60) as queries:
            assert coordinator.get(address).status_code == 200
        return len(queries)

    def fill(first: int, last: int) -> None:
        theme = caw.services.get().themes.get()
        for number in range(first, last):
            partner = factories.partner(stek, f"Partner {number}")
            service = factories.service(partner, f"Aanbod {number}", themes=[theme])
            service.hours.create(weekday=1, opens_at=dt.time(9), closes_at=dt.time(12))
            factories.contact(partner)
            factories.partner_check(partner, by=mika.user)

    addresses = [LIST, f"{LIST}?q=aanbod", reverse("partners:print_list"), page_of(caw)]
    fill(1, 3)
    few = [asked(address) for address in addresses]
    fill(3, 30)
    assert [asked(address) for address in addresses] == few


def test_long_list_comes_in_pages(helper, stek):
    for number in range(60):
        factories.partner(stek, f"Partner {number:02}")
    assert len(names(helper.get(LIST))) == 50
    assert names(helper.get(f"{LIST}?pagina=2&q=partner"))[0] == "Partner 50"


# --- looking whether it still holds ---


def test_older_than_six_months_is_to_be_checked_the_longest_ago_first(mika, stek, caw):
    for name, days in (("Vers", 10), ("Oud", 190), ("Ouder", 400)):
        factories.partner_check(factories.partner(stek, name), days_ago=days, by=mika.user)
    factories.partner(stek, "Weg", retired=True)
    assert names(mika.get(f"{LIST}?toon=nakijken")) == ["CAW", "Ouder", "Oud"]
    assert "3 partners zijn langer" in mika.get(LIST).content.decode()


def test_only_the_last_check_counts(mika, caw):
    factories.partner_check(caw, days_ago=400, by=mika.user)
    factories.partner_check(caw, days_ago=5, by=mika.user)
    page = mika.get(f"{LIST}?toon=nakijken")
    assert names(page) == []
    assert "Alles is nagekeken." in page.content.decode()


def test_one_click_says_that_it_still_holds(mika, caw):
    answer = mika.post(reverse("partners:check", args=[caw.pk]), {"back": "nakijken"})
    assert answer.url == f"{LIST}?toon=nakijken"
    check = PartnerCheck.objects.get()
    assert (check.partner, check.checked_by) == (caw, mika.user)
    assert AuditEvent.objects.get(kind="change").verb == "check_partner"
    mika.post(reverse("partners:check", args=[caw.pk]))
    assert PartnerCheck.objects.count() == 1


def test_slip_is_taken_back_by_who_made_it(mika, coordinator, caw):
    mika.post(reverse("partners:check", args=[caw.pk]))
    back = reverse("partners:take_back_check", args=[caw.pk])
    assert back not in coordinator.get(page_of(caw)).content.decode()
    coordinator.post(back)
    assert PartnerCheck.objects.count() == 1
    assert back in mika.get(page_of(caw)).content.decode()
    for _tap in range(2):
        assert mika.post(back).url == page_of(caw)
    assert not PartnerCheck.objects.exists()
    assert AuditEvent.objects.filter(verb="take_back_check").count() == 1


def test_check_of_yesterday_stays(mika, caw):
    factories.partner_check(caw, days_ago=1, by=mika.user)
    mika.post(reverse("partners:take_back_check", args=[caw.pk]))
    assert PartnerCheck.objects.count() == 1


def test_volunteer_sees_the_list_and_no_buttons(counter, caw):
    page = counter.get(LIST).content.decode() + counter.get(page_of(caw)).content.decode()
    for route in ("check", "edit", "create_service", "add_contact", "retire"):
        assert reverse(f"partners:{route}", args=[caw.pk]) not in page


# --- one partner ---


def test_page_tells_all_of_a_service(helper, caw):
    factories.contact(caw, "Sofie Maes", task="schulden", phone="0476 12 34 56")
    text = text_of(helper.get(page_of(caw)), "inhoud")
    for said in (
        "Thema's schulden",
        "Voor wie wie in Kalmthout woont",
        "Breng mee alle facturen",
        "Kost gratis",
        "nu open tot 23u59",
        "bus 40",
        "Talen Nederlands, Arabisch",
        "Op De Sociale Kaart",
        "Sofie Maes schulden 0476 12 34 56",
        "We stellen deze partner voor bij: schulden.",
    ):
        assert said in text, said
    assert AuditEvent.objects.get(kind="read").verb == "partner"


def test_page_counts_referrals_of_a_year_and_how_fast_they_are_answered(helper, stek, caw, opening):
    visit = factories.visit(opening, factories.household(stek), purposes=["question"])
    question = factories.question(visit, caw.services.get().themes.get(), by=helper.user)
    assert "0 in de laatste twaalf maanden." in text_of(helper.get(page_of(caw)), "inhoud")
    referral = factories.referral(question, caw, days_ago=4)
    assert referral.contacted_at is not None
    referral.answered_at = referral.contacted_at + dt.timedelta(days=3)
    referral.save()
    page = helper.get(page_of(caw))
    text = text_of(page, "inhoud")
    assert "1 in de laatste twaalf maanden. Antwoordt gemiddeld na 3 dagen." in text
    link = f"{reverse('referrals:list')}?toon=all&partner={caw.pk}"
    assert link in page.content.decode().replace("&amp;", "&")
    assert "CAW" in text_of(helper.get(link), "inhoud")


def test_printed_list_names_whom_to_ask_for_and_leaves_out_who_stopped(helper, stek, caw):
    factories.contact(caw, "Sofie Maes", task="schulden", phone="0476 12 34 56")
    factories.partner(stek, "Oude partner", retired=True)
    text = text_of(helper.get(f"{reverse('partners:print_list')}?toon=alles"), "inhoud")
    assert "Schuldhulp: wie in Kalmthout woont (gratis) Breng mee: alle facturen" in text
    assert "Sofie Maes (schulden), 0476 12 34 56" in text
    assert "Oude partner" not in text
    assert AuditEvent.objects.get(kind="read").verb == "print_partners"


def test_referral_leads_to_the_partner(helper, stek, caw, opening):
    visit = factories.visit(opening, factories.household(stek), purposes=["question"])
    question = factories.question(visit, caw.services.get().themes.get(), by=helper.user)
    referral = factories.referral(question, caw)
    page = helper.get(reverse("referrals:referral", args=[referral.pk])).content.decode()
    assert page_of(caw) in page


def test_office_leads_to_the_directory(coordinator, administrator, caw, essen):
    assert coordinator.get(reverse("admin:places_partner_changelist")).url == LIST
    change = reverse("admin:places_partner_change", args=[caw.pk])
    assert coordinator.get(change).url == page_of(caw)
    assert coordinator.get(reverse("admin:places_partner_add")).status_code == 403
    list_of_office = reverse("admin:places_partner_changelist")
    assert administrator.get(list_of_office, follow=True).status_code == 403
