"""Keeping the directory: partners, what they offer and whom to ask for, by more than one person."""

import datetime as dt
import uuid
from html.parser import HTMLParser
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from places.models import Partner
from referrals.models import Contact, Service, ServiceHours
from tests import factories
from tests.races import at_once, statuses

CREATE = reverse("partners:create")


class Form(HTMLParser):
    """What a browser would send of the last form on a page, untouched."""

    def __init__(self, page: str, action: str) -> None:
        super().__init__()
        self.sent: dict[str, Any] = {}
        self._inside, self._action, self._area = False, action, ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self._inside = given.get("action") == self._action
        if not self._inside or not name:
            return
        if tag == "textarea":
            self._area = name
            self.sent[name] = ""
        elif given.get("type") in {"checkbox", "radio"}:
            if "checked" in given:
                self.sent.setdefault(name, []).append(value or "on")
        elif tag == "input":
            self.sent[name] = value

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[self._area] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area


def form_of(client: Any, address: str) -> dict[str, Any]:
    return Form(client.get(address).content.decode(), address).sent


def save(client: Any, address: str, **changes: Any) -> Any:
    """Open the form, change something, and send it."""
    return client.post(address, form_of(client, address) | changes)


def said(response: Any) -> str:
    return " ".join(
        str(error) for errors in response.context["form"].errors.values() for error in errors
    )


@pytest.fixture
def caw(stek):
    return factories.partner(stek, "CAW", line="Praat met iemand.", email="onthaal@caw.example")


@pytest.fixture
def budget(caw, stek):
    service = factories.service(
        caw, "Budgethulp", themes=[factories.theme(stek, "schulden")], languages=["nl", "ar"]
    )
    service.documents.add(factories.document(stek))
    service.hours.create(weekday=0, opens_at=dt.time(9), closes_at=dt.time(12))
    return service


def change(row: Any) -> str:
    door = {Partner: "edit", Service: "edit_service", Contact: "edit_contact"}[type(row)]
    return reverse(f"partners:{door}", args=[row.pk])


# --- a partner ---


def test_partner_is_added_with_its_themes(coordinator, stek):
    rent = factories.theme(stek, "wonen")
    answer = save(
        coordinator, CREATE, name="  Huis  van het Kind ", themes=[rent.pk], website="kind.example"
    )
    partner = Partner.objects.get()
    assert answer.url == reverse("partners:partner", args=[partner.pk])
    assert (partner.stek, partner.name) == (stek, "Huis van het Kind")
    assert partner.website == "https://kind.example"
    assert list(rent.partners.all()) == [partner]
    assert AuditEvent.objects.get(kind="change").verb == "create"


def test_same_form_sent_twice_adds_one(coordinator):
    form = form_of(coordinator, CREATE) | {"name": "LIGO"}
    first, second = coordinator.post(CREATE, form), coordinator.post(CREATE, form)
    assert first.url == second.url
    assert Partner.objects.count() == 1
    other = coordinator.post(CREATE, form | {"name": "Iets anders"})
    assert other.status_code == 422
    assert "was al eens gebruikt" in other.content.decode()
    assert Partner.objects.count() == 1


@pytest.mark.parametrize("name", ["CAW", "caw", " Caw ", "CÄW"])
def test_name_that_is_there_is_refused_and_leads_to_it(coordinator, caw, name):
    answer = save(coordinator, CREATE, name=name)
    assert answer.status_code == 422
    assert "Deze partner staat er al." in said(answer)
    assert reverse("partners:partner", args=[caw.pk]) in answer.content.decode()
    assert Partner.objects.count() == 1


def test_name_of_who_stopped_says_so(coordinator, stek):
    factories.partner(stek, "Oud", retired=True)
    assert "doet niet meer mee" in said(save(coordinator, CREATE, name="oud"))


def test_name_of_another_stek_is_free(coordinator, essen):
    factories.partner(essen, "CAW")
    assert save(coordinator, CREATE, name="CAW").status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "85.07.30-033.61"),
        ("line", "Vraag naar 85.07.30-033.61"),
        ("line", "<b>dik</b>"),
        ("email", "geen adres"),
        ("email", "85.07.30-033.61@caw.example"),
        ("phone", "bel maar"),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://caw.example"),
        ("position", "-1"),
        ("themes", ["999999"]),
    ],
)
def test_partner_is_refused_at_its_field(mika, caw, field, value):
    answer = save(mika, change(caw), **{field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    caw.refresh_from_db()
    assert caw.line == "Praat met iemand."


def test_theme_of_another_stek_is_no_choice(mika, caw, essen):
    answer = save(mika, change(caw), themes=[factories.theme(essen, "elders").pk])
    assert "Kies uit de lijst." in said(answer)


def test_partner_is_changed_and_only_what_changed_is_logged(mika, caw, stek):
    assert save(mika, change(caw), line="Bel eerst.", phone="0476/123456").status_code == 302
    caw.refresh_from_db()
    assert (caw.line, caw.phone, caw.email) == (
        "Bel eerst.", "0476 12 34 56", "onthaal@caw.example",
    )  # fmt: skip
    assert AuditEvent.objects.get(kind="change").fields == ["line", "phone"]
    save(mika, change(caw))
    assert AuditEvent.objects.filter(kind="change").count() == 1


def test_retired_theme_stays_with_who_had_it(mika, caw, stek):
    old = factories.theme(stek, "oud", retired=True)
    old.partners.add(caw)
    save(mika, change(caw), line="Anders.")
    assert list(old.partners.all()) == [caw]


def test_who_saves_second_reads_what_stands_there_and_chooses(mika, coordinator, caw):
    mine = form_of(mika, change(caw)) | {"line": "Van Mika.", "phone": "03 000 00 11"}
    assert save(coordinator, change(caw), line="Van Els.").status_code == 302
    answer = mika.post(change(caw), mine)
    assert answer.status_code == 422
    assert "Nu staat hier: Van Els." in said(answer)
    assert "Iemand anders heeft dit intussen gewijzigd." in said(answer)
    caw.refresh_from_db()
    assert (caw.line, caw.phone) == ("Van Els.", "")
    again = Form(answer.content.decode(), change(caw)).sent
    assert again["line"] == "Van Mika."
    assert mika.post(change(caw), again).status_code == 302
    caw.refresh_from_db()
    assert (caw.line, caw.phone) == ("Van Mika.", "03 000 00 11")


def test_partner_that_stops_is_offered_no_more_and_keeps_its_past(
    mika, caw, budget, helper, opening, stek
):
    visit = factories.visit(opening, factories.household(stek), purposes=["question"])
    question = factories.question(visit, budget.themes.get(), by=helper.user)
    referral = factories.referral(question, caw)
    start = reverse("referrals:start", args=[question.pk])
    assert "CAW" in helper.get(start).content.decode()
    for _tap in range(2):
        mika.post(reverse("partners:retire", args=[caw.pk]))
    assert f'value="{caw.pk}"' not in helper.get(start).content.decode()
    assert helper.get(reverse("referrals:referral", args=[referral.pk])).status_code == 200
    page = mika.get(reverse("partners:partner", args=[caw.pk])).content.decode()
    assert "doet niet meer mee" in page
    assert "Budgethulp" in page
    mika.post(reverse("partners:restore", args=[caw.pk]))
    assert "CAW" in helper.get(start).content.decode()
    verbs = AuditEvent.objects.filter(verb__in=["retire", "restore"]).order_by("id")
    assert [event.verb for event in verbs] == ["retire", "restore"]


# --- what it offers ---


def test_service_is_added_with_hours_themes_and_papers(mika, caw, stek):
    theme, paper = factories.theme(stek, "wonen"), factories.document(stek)
    address = reverse("partners:create_service", args=[caw.pk])
    answer = save(
        mika,
        address,
        name="Huurhulp",
        description="Eerste lijn.\nTweede lijn.",
        themes=[theme.pk],
        documents=[paper.pk],
        languages=["ar", "nl"],
        **{"h00-from": "9u00", "h00-till": "12:00", "h01-from": "13:00", "h01-till": "16:30"},
    )
    assert answer.status_code == 302
    service = Service.objects.get()
    assert (service.stek, service.partner, service.name) == (stek, caw, "Huurhulp")
    assert service.description == "Eerste lijn. Tweede lijn."
    assert service.languages == ["nl", "ar"]
    assert [list(service.themes.all()), list(service.documents.all())] == [[theme], [paper]]
    hours = [(one.weekday, one.opens_at.hour, one.closes_at.hour) for one in service.hours.all()]
    assert hours == [(0, 9, 12), (0, 13, 16)]


def test_form_shows_a_service_as_it_stands(mika, budget):
    save(mika, change(budget), fee="gratis")
    budget.refresh_from_db()
    assert (budget.fee, budget.version, budget.languages) == ("gratis", 2, ["nl", "ar"])
    assert budget.themes.count() == budget.documents.count() == budget.hours.count() == 1
    assert AuditEvent.objects.get(kind="change").fields == ["fee"]
    save(mika, change(budget), **{"h00-from": "", "h00-till": ""}, themes=[])
    assert not budget.hours.exists()
    assert not budget.themes.exists()


def test_more_hours_on_a_day_than_the_form_has_room_for_stay(mika, budget):
    for hour in (13, 15, 17):
        budget.hours.create(weekday=0, opens_at=dt.time(hour), closes_at=dt.time(hour + 1))
    save(mika, change(budget), fee="gratis")
    assert budget.hours.count() == 4


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        ({"h10-from": "09:00"}, "Vul van en tot in."),
        ({"h10-till": "09:00"}, "Vul van en tot in."),
        ({"h10-from": "12:00", "h10-till": "12:00"}, "Het einde moet na het begin komen."),
        (
            {"h10-from": "09:00", "h10-till": "12:00", "h11-from": "11:00", "h11-till": "13:00"},
            "Deze uren lopen door elkaar.",
        ),
        ({"h10-from": "straks", "h10-till": "12:00"}, "Typ het uur zoals 14u30."),
    ],
)
def test_wrong_hours_are_refused(mika, budget, hours, message):
    answer = save(mika, change(budget), **hours)
    assert answer.status_code == 422
    assert message in said(answer)
    assert ServiceHours.objects.count() == 1


def test_service_that_is_there_is_refused_and_free_at_another_partner(mika, caw, budget, stek):
    address = reverse("partners:create_service", args=[caw.pk])
    assert "heeft al een aanbod met deze naam" in said(save(mika, address, name="budgethulp"))
    Service.objects.update(retired=True)
    assert "het is gestopt" in said(save(mika, address, name="budgethulp"))
    ligo = factories.partner(stek, "LIGO")
    other = reverse("partners:create_service", args=[ligo.pk])
    assert save(mika, other, name="budgethulp").status_code == 302


def test_who_saves_a_service_second_reads_what_stands_there(mika, coordinator, budget):
    mine = form_of(mika, change(budget)) | {"fee": "gratis", "h00-till": "13:00"}
    save(coordinator, change(budget), fee="€ 5", **{"h00-till": "11:00"})
    answer = mika.post(change(budget), mine)
    assert answer.status_code == 422
    assert "Nu staat hier: € 5" in said(answer)
    assert "Bij de uren staat nu: maandag 09:00 - 11:00" in said(answer)
    again = Form(answer.content.decode(), change(budget)).sent
    assert mika.post(change(budget), again).status_code == 302
    budget.refresh_from_db()
    assert (budget.fee, budget.hours.get().closes_at) == ("gratis", dt.time(13))


def test_service_stops_and_starts_again(mika, caw, budget):
    mika.post(reverse("partners:retire_service", args=[budget.pk]))
    page = mika.get(reverse("partners:partner", args=[caw.pk])).content.decode()
    assert "1 gestopt aanbod" in page
    mika.post(reverse("partners:restore_service", args=[budget.pk]))
    assert list(Service.objects.of_stek(caw.stek).in_use()) == [budget]


# --- whom to ask for ---


def test_contact_is_added_once_changed_and_taken_away(mika, caw):
    address = reverse("partners:add_contact", args=[caw.pk])
    form = form_of(mika, address) | {"name": "Sofie Maes", "phone": "0476 12 34 56"}
    for _tap in range(2):
        assert mika.post(address, form).status_code == 302
    contact = Contact.objects.get()
    assert save(mika, change(contact), task="schulden").status_code == 302
    contact.refresh_from_db()
    assert (contact.name, contact.task) == ("Sofie Maes", "schulden")
    away = reverse("partners:remove_contact", args=[caw.pk, contact.pk])
    for _tap in range(2):
        assert mika.post(away).status_code == 302
    assert not Contact.objects.exists()
    verbs = AuditEvent.objects.filter(kind="change").order_by("id")
    assert [(event.verb, event.stek_id) for event in verbs] == [
        ("create", caw.stek_id),
        ("update", caw.stek_id),
        ("remove_contact", caw.stek_id),
    ]


def test_contact_of_another_partner_stays(mika, caw, stek):
    contact = factories.contact(factories.partner(stek, "LIGO"))
    mika.post(reverse("partners:remove_contact", args=[caw.pk, contact.pk]))
    assert Contact.objects.count() == 1


def test_who_saves_a_contact_second_is_told(mika, coordinator, caw):
    contact = factories.contact(caw)
    mine = form_of(mika, change(contact)) | {"task": "wonen"}
    save(coordinator, change(contact), task="schulden")
    assert "Nu staat hier: schulden" in said(mika.post(change(contact), mine))


# --- many at one moment ---


@pytest.mark.django_db(transaction=True)
def test_many_at_one_moment_make_one(mika, coordinator, caw):
    people = [mika, coordinator]
    check = reverse("partners:check", args=[caw.pk])
    assert statuses(at_once(4, lambda n: people[n % 2].post(check))) == {302: 4}
    assert caw.checks.count() == 1
    form = form_of(mika, CREATE) | {"name": "LIGO"}
    keys = [form["request_id"], str(uuid.uuid4())]
    answers = at_once(4, lambda n: people[n % 2].post(CREATE, form | {"request_id": keys[n % 2]}))
    assert statuses(answers) == {302: 2, 422: 2}
    assert Partner.objects.filter(name="LIGO").count() == 1
    mine = form_of(mika, change(caw))
    answers = at_once(4, lambda n: people[n % 2].post(change(caw), mine | {"line": f"Lijn {n}."}))
    assert statuses(answers) == {302: 1, 422: 3}
