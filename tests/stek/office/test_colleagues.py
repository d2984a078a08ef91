"""The office: colleagues, their role, and what nobody may change of whom."""

import datetime as dt

import pytest
from django.urls import reverse
from zeal import zeal_ignore

from accounts.models import AuditEvent, Membership, User
from accounts.roles import Role
from places.models import Stek
from tests import factories
from tests.cast import Colleague
from tests.stek.office.hands import PASSWORD, change, changelist, delete, invite, save


def test_a_coordinator_invites_a_volunteer_who_can_sign_in(coordinator: Colleague) -> None:
    assert invite(coordinator).status_code == 302
    user = User.objects.get(username="nieuw")
    assert user.check_password(PASSWORD)
    assert (user.is_staff, user.is_superuser) == (False, False)
    membership = Membership.objects.get(user=user)
    assert (membership.stek, membership.role) == (coordinator.membership.stek, Role.VOLUNTEER)
    event = AuditEvent.objects.get(kind="change")
    assert (event.verb, event.subject_type, event.subject_id) == ("create", "user", user.pk)


def test_a_coordinator_gives_no_higher_role(coordinator: Colleague) -> None:
    for role in (Role.COMMUNITY_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR):
        assert invite(coordinator, role=role).status_code == 200
    assert not User.objects.filter(username="nieuw").exists()


def test_an_administrator_gives_every_role(administrator: Colleague) -> None:
    for role in Role:
        assert invite(administrator, role=role, username=f"nieuw-{role}").status_code == 302
        assert Membership.objects.get(user__username=f"nieuw-{role}").role == role


def test_a_weak_password_is_refused(coordinator: Colleague) -> None:
    for password in ("", "kort", "stekkalmthout", "lut-aerts-nieuw", "1234567890123"):
        answer = invite(coordinator, new_password=password, first_name="lut-aerts-nieuw")
        assert answer.status_code == 200
        assert answer.context["adminform"].form.errors["new_password"], password


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
