"""One row of each model that is of a STEK, in the STEK that is asked for."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.audit import record
from accounts.models import OutgoingMail
from accounts.roles import Role
from forms_help.models import DocumentName, HelpType, Question, QuestionDraft, Theme
from forms_help.models import FollowUp as FollowUpModel
from people.models import ImportMapping, NameKey
from places.models import Stek
from referrals.links import make_link
from referrals.models import AnswerLink, Service, ServiceHours
from reports.models import Consumer
from reviews.models import WeekMail
from stek.wall.owned import OWNED
from tests import factories
from visits.models import TableReply


def rows_of(stek: Stek) -> dict[str, models.Model]:
    """By label; a row between two others stands at the name of its table."""
    today, by = factories.today(), factories.user()
    hours = factories.opening_hours(stek)
    rule = factories.budget_rule(stek)
    household = factories.household(stek, by=by)
    member = factories.member(household)
    opening = factories.opening(stek, by=by)
    visit = factories.visit(opening, household, purposes=["question"])
    document = factories.document(stek, f"loonbrief {stek.pk}")
    partner = factories.partner(stek, f"CAW {stek.pk}")
    theme = factories.theme(stek, f"wonen {stek.pk}")
    theme.documents.add(document)
    theme.partners.add(partner)
    help_type = factories.help_type(stek, f"gebeld {stek.pk}")
    help_type.documents.add(document)
    help_type.partners.add(partner)
    question = factories.question(visit, theme, help_types=[help_type], by=by)
    follow_up = factories.follow_up(question, documents=[document])
    service = factories.service(partner, themes=[theme])
    service.documents.add(document)
    referral = factories.referral(question, partner)
    request = factories.inbound_referral(stek, household=household)
    bundle = factories.bundle(stek)
    membership = factories.membership(stek, Role.COORDINATOR)
    consumer = factories.consumer(stek)
    made: list[Any] = [
        stek,
        hours,
        factories.table_turn(hours),
        factories.closing_day(stek, today),
        factories.changed_day(stek, today),
        factories.table_change(stek, today, "CAW", comes=False),
        partner,
        membership,
        record("voided", on=visit, by=by, stek_id=stek.pk),
        OutgoingMail.objects.create(stek=stek, kind="week", subject_id=1, key=f"week-{stek.pk}"),
        factories.invitation(stek),
        factories.device(stek)[0],
        rule,
        rule.steps.all()[0],
        factories.household_import(stek, by=by),
        ImportMapping.objects.create(stek=stek, signature=f"{stek.pk}", mapping={}),
        household,
        member,
        factories.referrer(stek),
        factories.access(household),
        referral.consent,
        NameKey.objects.filter(household=household)[0],
        factories.leaving_notice(household, today),
        factories.retention_hold(household),
        factories.duplicate_pair(household, factories.household(stek, by=by)),
        factories.merge(*(factories.household(stek, by=by) for _both in range(2))),
        factories.activity(stek),
        opening,
        factories.attendance(opening),
        visit,
        factories.turn(visit, by=by),
        factories.message(household),
        TableReply.objects.create(stek=stek, user=by, day=today, comes=True),
        document,
        DocumentName.objects.create(document=document, language="fr", name="fiche de paie"),
        theme,
        help_type,
        question,
        QuestionDraft.objects.create(user=by, opening=opening, fields={}, saved_at=timezone.now()),
        follow_up,
        service,
        ServiceHours.objects.create(
            service=service, weekday=1, opens_at=dt.time(9), closes_at=dt.time(12)
        ),
        factories.contact(partner),
        factories.partner_check(partner, by=by),
        factories.directory_import(stek, by=by),
        request.link,
        request,
        referral,
        referral.steps.all()[0],
        make_link(referral, kind=AnswerLink.Kind.MAIL, now=timezone.now()),
        bundle,
        bundle.steps.all()[0],
        factories.signal(stek),
        factories.decision(stek, household.pk),
        WeekMail.objects.create(membership=membership, wanted=True, chosen_at=timezone.now()),
        factories.week_review(stek, today - dt.timedelta(days=today.weekday())),
        factories.composed_report(stek),
        factories.export(stek),
        factories.snapshot(stek),
    ]
    between: list[tuple[Any, Any]] = [
        (Theme.documents, theme),
        (Theme.partners, theme),
        (HelpType.documents, help_type),
        (HelpType.partners, help_type),
        (Question.help_types, question),
        (FollowUpModel.documents, follow_up),
        (Service.themes, service),
        (Service.documents, service),
        (Consumer.steks, consumer),
    ]
    for relation, row in between:
        near = relation.field.m2m_field_name()
        made.append(relation.through.objects.filter(**{near: row})[0])
    found = {row._meta.label: row for row in made}
    missing = set(OWNED) - set(found)
    assert not missing, f"Add a row of {', '.join(sorted(missing))} to tests/wall/rows.py."
    return found
