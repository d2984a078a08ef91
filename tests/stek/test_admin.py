"""The office (/beheer/): who gets in, whose rows they see, what they may change, what is logged."""

import datetime as dt
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.forms import ModelChoiceField
from django.test import RequestFactory
from django.urls import reverse
from zeal import zeal_ignore

from accounts.models import AuditEvent, Membership, User
from accounts.roles import Role
from people.models import BudgetRule, BudgetStep, Household, Referrer
from places.models import ClosingDay, OpeningHours, Stek
from tests import factories
from tests.cast import Colleague, signed_in
from visits.models import Opening

PASSWORD = "zeven-groene-stoelen"


def changelist(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def change(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def add(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def delete(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_delete", args=[row.pk])


def form_of(client: Colleague, url: str) -> dict[str, Any]:
    """What a browser would send back from this page, untouched."""
    context = client.get(url).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                value = "on"
            if value is not None and value is not False:
                data[field.html_name] = value
    return data


def save(client: Colleague, url: str, **changes: Any) -> Any:
    client.give_password()
    return client.post(url, {**form_of(client, url), **changes})


# --- who gets in ---


def test_office_opens_for_coordinator_and_administrator_only(
    coordinator: Colleague,
    administrator: Colleague,
    counter: Colleague,
    helper: Colleague,
    mika: Colleague,
) -> None:
    url = reverse("admin:index")
    assert [c.get(url).status_code for c in (coordinator, administrator)] == [200, 200]
    assert [c.get(url).status_code for c in (counter, helper, mika)] == [403, 403, 403]


def test_office_does_not_heed_djangos_own_flags(counter: Colleague) -> None:
    counter.user.is_staff = counter.user.is_superuser = True
    counter.user.save()
    assert counter.get(reverse("admin:index")).status_code == 403


def test_office_sends_a_stranger_to_the_one_sign_in_page(stranger: Any) -> None:
    answer = stranger.get(reverse("admin:index"), follow=True)
    assert answer.request["PATH_INFO"] == reverse("account_login")


def test_office_has_no_sign_in_form_of_its_own(stranger: Any, stek: Stek) -> None:
    answer = stranger.post(reverse("admin:login"), {"username": "els", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_office_refuses_other_methods(coordinator: Colleague) -> None:
    assert coordinator.put(reverse("admin:index")).status_code == 405


#: What each role finds on the first page of the office.
LISTS = {
    Role.COORDINATOR: {
        "stek", "openinghours", "closingday", "partner", "user", "auditevent", "household",
        "referrer", "budgetrule", "householdimport", "opening", "visit", "theme", "helptype",
        "document",
    },
    Role.ADMINISTRATOR: {
        "stek", "openinghours", "closingday", "user", "auditevent", "referrer",
        "budgetrule", "opening", "theme", "helptype", "document",
    },
}  # fmt: skip


@pytest.mark.parametrize("role", LISTS)
def test_office_shows_each_role_its_lists_and_closes_the_others(role: Role, stek: Stek) -> None:
    client = signed_in(factories.membership(stek, role))
    seen = {
        model._meta.model_name
        for model in admin.site._registry
        if client.get(changelist(model), follow=True).status_code == 200
    }
    assert seen == LISTS[role]
    sections = client.get(reverse("admin:index")).context["app_list"]
    offered = {m["model"]._meta.model_name for section in sections for m in section["models"]}
    assert offered == LISTS[role]


# --- own STEK only ---


@pytest.fixture
def rows_of_essen(essen: Stek) -> list[Any]:
    """One row of everything, in the other STEK."""
    household = factories.household(essen, "Verborgen", "Iemand")
    opening = factories.opening(essen)
    return [
        household,
        opening,
        factories.visit(opening, household),
        factories.referrer(essen, "OCMW Verborgen"),
        factories.budget_rule(essen),
        factories.opening_hours(essen),
        factories.closing_day(essen, factories.today(), reason="Verborgen"),
        factories.partner(essen, "Verborgen"),
        factories.theme(essen, "verborgen"),
        factories.help_type(essen, "verborgen"),
        factories.document(essen, "verborgen"),
        factories.household_import(essen, file_name="verborgen.xlsx"),
        factories.membership(essen, user=factories.user("verborgen")).user,
        AuditEvent.objects.create(kind="change", verb="create", stek_id=essen.pk),
    ]


def test_a_row_of_another_stek_answers_like_one_that_does_not_exist(
    coordinator: Colleague, rows_of_essen: list[Any]
) -> None:
    for row in rows_of_essen:
        missing = change(row).replace(f"/{row.pk}/", "/999999/")
        there, gone = coordinator.get(change(row)), coordinator.get(missing)
        assert (there.status_code, gone.status_code) == (302, 302), row
        assert there["Location"] == gone["Location"] == reverse("admin:index")


def test_a_row_of_another_stek_is_in_no_list(
    coordinator: Colleague, rows_of_essen: list[Any]
) -> None:
    for row in rows_of_essen:
        answer = coordinator.get(changelist(type(row)), follow=True)
        if "cl" in answer.context:
            assert row not in answer.context["cl"].queryset
        assert "verborgen" not in answer.content.decode().lower()


def test_a_row_of_another_stek_can_be_neither_changed_nor_deleted(
    coordinator: Colleague, rows_of_essen: list[Any], essen: Stek
) -> None:
    for row in [*rows_of_essen, essen]:
        for url in (change(row), delete(row)):
            assert coordinator.post(url, {"post": "yes"}).status_code in {302, 403}
        assert type(row)._default_manager.filter(pk=row.pk).exists()
    assert not AuditEvent.objects.filter(actor_id=coordinator.user.pk).exists()


def test_settings_of_another_stek_are_out_of_reach(coordinator: Colleague, essen: Stek) -> None:
    assert coordinator.get(change(essen))["Location"] == reverse("admin:index")


def test_what_is_added_belongs_to_the_own_stek(coordinator: Colleague, essen: Stek) -> None:
    save(coordinator, add(Referrer), name="CAW", stek=essen.pk)
    assert Referrer.objects.get().stek == coordinator.membership.stek


#: The only fields that offer rows to choose from, by the name of the model.
CHOICES_OF_ROWS = {
    ("user", "partner"),
    ("theme", "documents"), ("theme", "partners"),
    ("helptype", "documents"), ("helptype", "partners"),
}  # fmt: skip


def test_a_form_that_offers_a_choice_of_rows_offers_those_of_the_own_stek(
    coordinator: Colleague, stek: Stek, rows_of_essen: list[Any]
) -> None:
    own = [factories.partner(stek, "LIGO"), factories.document(stek)]
    request = RequestFactory().get("/")
    request.user, request.membership = coordinator.user, coordinator.membership
    offices = [o for o in admin.site._registry.values() if o.has_change_permission(request)]
    assert len(offices) == 9
    found = set()
    for office in offices:
        for name, field in office.get_form(request)().fields.items():
            if isinstance(field, ModelChoiceField):
                found.add((office.opts.model_name, name))
                assert [row for row in own if row in field.queryset] == list(field.queryset)
                assert len(field.queryset) == 1
    assert found == CHOICES_OF_ROWS


def test_pages_that_tell_whether_a_row_exists_are_closed() -> None:
    names = {getattr(pattern, "name", None) for pattern in admin.site.get_urls()}
    assert not names & {"view_on_site", "autocomplete"}


# --- settings, hours, closing days ---


def test_settings_open_at_once_instead_of_a_list_of_one(coordinator: Colleague) -> None:
    answer = coordinator.get(changelist(Stek))
    assert answer["Location"] == change(coordinator.membership.stek)


def test_settings_keep_the_chosen_purposes_and_log_which_field_changed(
    coordinator: Colleague, stek: Stek
) -> None:
    answer = save(coordinator, change(stek), purposes=["grocery", "coffee"])
    assert answer.status_code == 302
    stek.refresh_from_db()
    assert stek.purposes == ["grocery", "coffee"]
    event = AuditEvent.objects.get(kind="change")
    assert (event.verb, event.subject_type, event.subject_id) == ("update", "stek", stek.pk)
    assert (event.fields, event.stek_id) == (["purposes"], stek.pk)


def test_settings_refuse_a_default_purpose_that_the_counter_does_not_show(
    coordinator: Colleague, stek: Stek
) -> None:
    answer = save(coordinator, change(stek), purposes=["coffee"], default_purposes=["grocery"])
    assert answer.status_code == 200
    assert "Kies alleen redenen die de balie toont." in answer.content.decode()


def test_the_term_of_notes_is_a_setting(coordinator: Colleague, stek: Stek) -> None:
    assert save(coordinator, change(stek), note_days=30).status_code == 302
    stek.refresh_from_db()
    assert stek.note_days == 30
    assert AuditEvent.objects.get(kind="change").fields == ["note_days"]
    for wrong in ("0", "731", "", "veel"):
        assert save(coordinator, change(stek), note_days=wrong).status_code == 200
    stek.refresh_from_db()
    assert stek.note_days == 30


def test_saving_without_a_change_leaves_no_line_in_the_log(
    coordinator: Colleague, stek: Stek
) -> None:
    save(coordinator, change(stek))
    assert not AuditEvent.objects.filter(kind="change").exists()


def test_the_second_of_two_people_editing_is_told_and_sees_both_texts(
    coordinator: Colleague, administrator: Colleague, stek: Stek
) -> None:
    mine = form_of(coordinator, change(stek)) | {"street": "Dorpsstraat 1"}
    save(administrator, change(stek), street="Kapellensteenweg 9")
    coordinator.give_password()
    answer = coordinator.post(change(stek), mine)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Iemand anders heeft dit intussen gewijzigd." in page
    assert "Dorpsstraat 1" in page
    assert "Nu staat hier: Kapellensteenweg 9" in page
    stek.refresh_from_db()
    assert stek.street == "Kapellensteenweg 9"
    again = mine | {"seen": answer.context["adminform"].form["seen"].value()}
    assert coordinator.post(change(stek), again).status_code == 302
    stek.refresh_from_db()
    assert stek.street == "Dorpsstraat 1"


def test_hours_in_use_can_end_but_not_change(coordinator: Colleague, stek: Stek) -> None:
    hours = factories.opening_hours(stek)
    save(coordinator, change(hours), opens_at="09:00", last_day="31/12/2030")
    hours.refresh_from_db()
    assert hours.opens_at == dt.time(13)
    assert hours.last_day == dt.date(2030, 12, 31)
    assert coordinator.post(delete(hours), {"post": "yes"}).status_code == 403


def test_hours_that_start_later_can_be_deleted(coordinator: Colleague, stek: Stek) -> None:
    later = factories.today() + dt.timedelta(days=7)
    hours = factories.opening_hours(stek, first_day=later)
    factories.table_turn(hours)
    assert coordinator.post(delete(hours), {"post": "yes"}).status_code == 302
    assert not OpeningHours.objects.exists()
    event = AuditEvent.objects.get(kind="change")
    assert (event.verb, event.subject_type) == ("delete", "openinghours")


def test_the_same_hours_twice_are_refused_in_words(coordinator: Colleague, stek: Stek) -> None:
    hours = factories.opening_hours(stek)
    data = {
        "weekday": hours.weekday,
        "opens_at": "13:00",
        "closes_at": "17:00",
        "first_day": f"{hours.first_day:%d/%m/%Y}",
        "turns-TOTAL_FORMS": "0",
        "turns-INITIAL_FORMS": "0",
    }
    answer = coordinator.post(add(OpeningHours), data)
    assert "Deze openingsuren staan er al." in answer.content.decode()


def test_a_turn_at_the_table_is_added_with_its_hours(coordinator: Colleague, stek: Stek) -> None:
    hours = factories.opening_hours(stek)
    added = {
        "turns-TOTAL_FORMS": "1",
        "turns-0-who": "Mika",
        "turns-0-kind": "community_worker",
        "turns-0-every_weeks": "2",
        "turns-0-first_day": "07/01/2026",
        "turns-0-hours": hours.pk,
    }
    assert save(coordinator, change(hours), **added).status_code == 302
    turn = hours.turns.get()
    assert (turn.every_weeks, turn.kind) == (2, "community_worker")
    assert AuditEvent.objects.get(kind="change").fields == ["turns"]


def test_a_closing_day_comes_and_goes(coordinator: Colleague) -> None:
    data = {"first_day": "24/12/2026", "last_day": "02/01/2027", "reason": "Kerst"}
    assert coordinator.post(add(ClosingDay), data).status_code == 302
    day = ClosingDay.objects.get()
    assert coordinator.get(delete(day)).status_code == 200
    assert coordinator.post(delete(day), {"post": "yes"}).status_code == 302
    assert not ClosingDay.objects.exists()
    verbs = AuditEvent.objects.filter(kind="change").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["create", "delete"]


# --- colleagues ---


def invite(client: Colleague, **fields: Any) -> Any:
    data = {
        "username": "nieuw",
        "first_name": "Lut",
        "last_name": "Aerts",
        "role": Role.VOLUNTEER,
        "new_password": PASSWORD,
    }
    client.give_password()
    return client.post(add(User), data | fields)


def test_a_coordinator_invites_a_volunteer_who_can_sign_in(coordinator: Colleague) -> None:
    assert invite(coordinator).status_code == 302
    user = User.objects.get(username="nieuw")
    assert user.check_password(PASSWORD)
    assert (user.is_staff, user.is_superuser) == (False, False)
    membership = Membership.objects.get(user=user)
    assert (membership.stek, membership.role) == (coordinator.membership.stek, Role.VOLUNTEER)
    event = AuditEvent.objects.get(kind="change")
    assert (event.verb, event.subject_type, event.subject_id) == ("create", "user", user.pk)


@pytest.mark.parametrize("role", [Role.COMMUNITY_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_a_coordinator_gives_no_higher_role(coordinator: Colleague, role: Role) -> None:
    assert invite(coordinator, role=role).status_code == 200
    assert not User.objects.filter(username="nieuw").exists()


@pytest.mark.parametrize("role", list(Role))
def test_an_administrator_gives_every_role(administrator: Colleague, role: Role) -> None:
    assert invite(administrator, role=role).status_code == 302
    assert Membership.objects.get(user__username="nieuw").role == role


@pytest.mark.parametrize(
    "password", ["", "kort", "stekkalmthout", "lut-aerts-nieuw", "1234567890123"]
)
def test_a_weak_password_is_refused(coordinator: Colleague, password: str) -> None:
    answer = invite(coordinator, new_password=password, first_name="lut-aerts-nieuw")
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["new_password"]


def test_a_coordinator_changes_the_role_of_a_volunteer(
    coordinator: Colleague, counter: Colleague
) -> None:
    assert save(coordinator, change(counter.user), role=Role.HELPER).status_code == 302
    counter.membership.refresh_from_db()
    assert counter.membership.role == Role.HELPER
    assert AuditEvent.objects.get(verb="update").fields == ["role"]


@pytest.mark.parametrize("who", ["mika", "administrator", "coordinator"])
def test_a_coordinator_only_looks_at_colleagues_of_higher_rank_and_at_herself(
    coordinator: Colleague, who: str, request: pytest.FixtureRequest
) -> None:
    colleague: Colleague = request.getfixturevalue(who)
    url = change(colleague.user)
    assert coordinator.get(url).status_code == 200
    assert coordinator.post(url, {"role": Role.VOLUNTEER}).status_code == 403


def test_nobody_raises_or_ends_their_own_role(administrator: Colleague) -> None:
    url = change(administrator.user)
    answer = save(administrator, url, first_name="Willem", role=Role.COORDINATOR, is_active="")
    assert answer.status_code == 302
    user = User.objects.get(pk=administrator.user.pk)
    assert (user.first_name, user.is_active) == ("Willem", True)
    administrator.membership.refresh_from_db()
    assert administrator.membership.role == Role.ADMINISTRATOR


def test_flags_and_rights_of_django_are_not_for_sale(coordinator: Colleague) -> None:
    invite(coordinator, is_superuser="on", is_staff="on", groups=["1"], user_permissions=["1"])
    user = User.objects.get(username="nieuw")
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert not user.groups.exists()
    assert not user.user_permissions.exists()


def test_somebody_of_two_steks_keeps_their_own_name_and_password(
    administrator: Colleague, counter: Colleague, essen: Stek
) -> None:
    factories.membership(essen, Role.COORDINATOR, user=counter.user)
    changes = {"first_name": "Andere", "new_password": PASSWORD, "is_active": "", "role": "helper"}
    assert save(administrator, change(counter.user), **changes).status_code == 302
    user = User.objects.get(pk=counter.user.pk)
    assert (user.first_name, user.is_active) == ("Rita", True)
    assert not user.check_password(PASSWORD)
    roles = dict(user.memberships.values_list("stek__name", "role"))
    assert roles == {"Kalmthout": Role.HELPER, "Essen": Role.COORDINATOR}


def test_a_role_in_another_stek_does_not_show_here(
    coordinator: Colleague, counter: Colleague, essen: Stek
) -> None:
    factories.membership(essen, Role.ADMINISTRATOR, user=counter.user)
    listed = coordinator.get(changelist(User)).context["cl"].queryset
    assert [u.stek_role for u in listed if u.pk == counter.user.pk] == [Role.VOLUNTEER]
    by_role = coordinator.get(changelist(User), {"rol": Role.ADMINISTRATOR})
    assert counter.user not in by_role.context["cl"].queryset


def test_a_new_password_ends_the_sessions_of_that_colleague(
    coordinator: Colleague, counter: Colleague
) -> None:
    save(coordinator, change(counter.user), new_password=PASSWORD)
    with zeal_ignore():  # Django asks for the session again to delete it
        answer = counter.get(reverse("visits:counter"))
    assert answer["Location"].startswith(reverse("account_login"))


def test_a_colleague_who_left_is_not_let_in_and_stays_in_the_list(
    coordinator: Colleague, counter: Colleague, today: dt.date
) -> None:
    yesterday = today - dt.timedelta(days=1)
    save(coordinator, change(counter.user), last_day=f"{yesterday:%d/%m/%Y}")
    assert counter.get(reverse("visits:counter")).status_code == 302
    left = coordinator.get(changelist(User), {"werkt": "niet"}).context["cl"].queryset
    assert list(left) == [counter.user]
    assert (
        counter.user
        not in coordinator.get(changelist(User), {"werkt": "nu"}).context["cl"].queryset
    )


def test_nobody_is_deleted(coordinator: Colleague, counter: Colleague) -> None:
    assert coordinator.post(delete(counter.user), {"post": "yes"}).status_code == 403


# --- households and visits ---


def test_households_are_to_look_at(coordinator: Colleague, stek: Stek) -> None:
    household = factories.household(stek)
    assert coordinator.post(change(household), {"first_name": "Andere"}).status_code == 403
    assert coordinator.post(delete(household), {"post": "yes"}).status_code == 403
    assert coordinator.get(add(Household)).status_code == 403
    page = coordinator.get(change(household)).content.decode()
    assert reverse("people:household", args=[household.pk]) in page


def test_opening_a_household_is_logged_before_it_is_shown(
    coordinator: Colleague, stek: Stek
) -> None:
    household = factories.household(stek)
    coordinator.get(change(household))
    event = AuditEvent.objects.get(kind="read")
    assert (event.verb, event.subject_type, event.subject_id) == ("open", "household", household.pk)
    assert (event.actor_id, event.stek_id) == (coordinator.user.pk, stek.pk)


def test_looking_through_the_list_of_households_is_logged(coordinator: Colleague) -> None:
    coordinator.get(changelist(Household))
    assert AuditEvent.objects.get(kind="read").verb == "list"


def test_an_administrator_sees_no_household(administrator: Colleague, stek: Stek) -> None:
    household = factories.household(stek)
    for url in (change(household), changelist(Household)):
        assert administrator.get(url).status_code == 403


def test_households_are_found_by_number_and_never_by_a_name_in_the_address(
    coordinator: Colleague, stek: Stek
) -> None:
    fatima = factories.household(stek, number=147)
    factories.household(stek, "Jos", "Peeters", number=14)

    def found(text: str) -> list[Household]:
        return list(coordinator.get(changelist(Household), {"q": text}).context["cl"].queryset)

    assert found("147") == [fatima]
    assert found("fatima") == found("9" * 30) == found("١٤٧") == []


def test_no_name_stands_in_the_title_of_the_window(
    coordinator: Colleague, counter: Colleague, stek: Stek
) -> None:
    household = factories.household(stek, "Fatima", "El Amrani")
    for row in (household, counter.user):
        page = coordinator.get(change(row)).content.decode()
        title = page[page.index("<title>") : page.index("</title>")]
        assert "Fatima" not in title
        assert "Rita" not in title


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_row_and_for_three(
    coordinator: Colleague,
    stek: Stek,
    rows: int,
    django_assert_max_num_queries: Any,
) -> None:
    opening = factories.opening(stek)
    for number in range(rows):
        household = factories.household(stek, by=factories.user())
        factories.access(household, referrer=factories.referrer(stek, f"Dienst {number}"))
        factories.visit(opening, household, by=factories.user())
        factories.household_import(stek, by=factories.user())
        factories.table_turn(factories.opening_hours(stek, weekday=number))
        factories.membership(stek)
    for model in admin.site._registry:
        with django_assert_max_num_queries(9):
            assert coordinator.get(changelist(model)).status_code in {200, 302}


def test_visits_and_openings_are_to_look_at(coordinator: Colleague, opening: Opening) -> None:
    visit = factories.visit(opening, factories.household(opening.stek))
    for row in (visit, opening):
        assert coordinator.get(change(row)).status_code == 200
        assert coordinator.post(change(row), {"day": "01/01/2020"}).status_code == 403
        assert coordinator.post(delete(row), {"post": "yes"}).status_code == 403


# --- referrers and the budget ---


def test_another_spelling_of_a_referrer_is_the_same_one(coordinator: Colleague, stek: Stek) -> None:
    factories.referrer(stek, "OCMW Kalmthout")
    answer = coordinator.post(add(Referrer), {"name": "O.C.M.W. van Kalmthout"})
    assert "Deze toeleider staat er al." in answer.content.decode()


def test_a_referrer_with_a_national_number_is_refused(coordinator: Colleague) -> None:
    answer = coordinator.post(add(Referrer), {"name": "OCMW 85.07.30-033.28"})
    assert answer.status_code == 200
    assert not Referrer.objects.exists()


def test_a_referrer_retires_instead_of_going(coordinator: Colleague, stek: Stek) -> None:
    referrer = factories.referrer(stek)
    assert coordinator.post(delete(referrer), {"post": "yes"}).status_code == 403
    save(coordinator, change(referrer), retired="on")
    referrer.refresh_from_db()
    assert referrer.retired


def test_a_stek_has_one_budget_rule(coordinator: Colleague, stek: Stek) -> None:
    data = {
        "active": "on",
        "period": "week",
        "per_adult": "10",
        "per_child": "5",
        "steps-TOTAL_FORMS": "0",
        "steps-INITIAL_FORMS": "0",
    }
    assert coordinator.post(add(BudgetRule), data).status_code == 302
    assert BudgetRule.objects.get().stek == stek
    assert coordinator.post(add(BudgetRule), data).status_code == 403


def test_a_step_that_a_household_has_stays(coordinator: Colleague, stek: Stek) -> None:
    rule = factories.budget_rule(stek, steps=[(1, 18), (2, 42)])
    first, second = rule.steps.all()
    factories.access(factories.household(stek), budget_step=second)
    with zeal_ignore():  # Django asks for each inner row by its id
        refused = save(coordinator, change(rule), **{"steps-1-DELETE": "on"})
        saved = save(coordinator, change(rule), **{"steps-0-DELETE": "on"})
    assert "1 huishouden heeft een trap" in refused.content.decode()
    assert saved.status_code == 302
    assert list(BudgetStep.objects.all()) == [second]
    assert not BudgetStep.objects.filter(pk=first.pk).exists()


# --- the log ---


def test_the_log_is_to_read(coordinator: Colleague, stek: Stek) -> None:
    event = AuditEvent.objects.create(
        kind="change", verb="check_in", stek_id=stek.pk, actor_id=coordinator.user.pk, fields=["x"]
    )
    page = coordinator.get(changelist(AuditEvent)).content.decode()
    assert "els" in page
    assert coordinator.post(change(event), {"verb": "x"}).status_code == 403
    assert coordinator.post(delete(event), {"post": "yes"}).status_code == 403
    assert coordinator.get(add(AuditEvent)).status_code == 403


def test_the_log_counts_lines_in_dutch(coordinator: Colleague, stek: Stek) -> None:
    for _line in range(2):
        AuditEvent.objects.create(kind="change", verb="create", stek_id=stek.pk)
    assert "2 regels in het logboek" in coordinator.get(changelist(AuditEvent)).content.decode()
    assert "<h1>Logboek</h1>" in coordinator.get(changelist(AuditEvent)).content.decode()
    assert ">Logboek</a>" in coordinator.get(reverse("admin:index")).content.decode()


def test_the_history_of_a_row_is_its_lines_in_the_log(coordinator: Colleague, stek: Stek) -> None:
    household = factories.household(stek)
    coordinator.get(change(household))
    url = reverse("admin:people_household_history", args=[household.pk])
    answer = coordinator.get(url, follow=True)
    assert [event.subject_id for event in answer.context["cl"].queryset] == [household.pk]


def test_django_keeps_no_log_with_names(coordinator: Colleague, counter: Colleague) -> None:
    save(coordinator, change(counter.user), first_name="Marie-Louise")
    assert not LogEntry.objects.exists()
    assert "Marie-Louise" not in str(list(AuditEvent.objects.values()))


# --- bad input ---

BAD_QUERIES = [
    "q=%00",
    "p=99999999999999999999",
    "o=1.2.99.-x",
    "subject_id=99999999999999999999",
    "subject_id=abc",
    "subject_type=%00",
    "wie=99999999999999999999",
    "day__year=99999",
    "opening__day__year=x",
    "stek__name__startswith=E",
    "opened_by__password__startswith=a",
    "memberships__stek=2",
    "e=1",
    "_to_field=password",
    "_popup=1",
]


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_lists_survive_any_address(
    coordinator: Colleague, rows_of_essen: list[Any], query: str
) -> None:
    for model in admin.site._registry:
        answer = coordinator.get(f"{changelist(model)}?{query}", follow=True)
        assert answer.status_code in {200, 400}
        assert "verborgen" not in answer.content.decode().lower()


@pytest.mark.parametrize("pk", ["0", "-1", "abc", "99999999999999999999", "%00", "_3A", "1/2"])
def test_pages_survive_any_id(coordinator: Colleague, pk: str) -> None:
    for model in admin.site._registry:
        for page in ("change", "delete", "history"):
            url = f"{changelist(model)}{pk}/{page}/"
            assert coordinator.get(url).status_code in {302, 403, 404}, url
