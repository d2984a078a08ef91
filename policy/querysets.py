"""Questions about signals, structural signals and their steps."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Count, F, Q

from accounts.models import Membership
from accounts.roles import RECORD
from forms_help.outcomes import Outcome
from policy.states import OVER, Phase


class SignalQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "SignalQuerySet":
        """All of the STEK for who handles them; for others what they noted themselves."""
        rows = self.filter(stek_id=membership.stek_id)
        if membership.role in RECORD:
            return rows
        return rows.filter(noted_by_id=membership.user_id)

    def noted_by_member(self, membership: Membership) -> "SignalQuerySet":
        """One's own, in this STEK."""
        return self.filter(stek_id=membership.stek_id, noted_by_id=membership.user_id)

    def of_stek(self, stek: models.Model) -> "SignalQuerySet":
        return self.filter(stek=stek)

    def counted(self) -> "SignalQuerySet":
        """Without those that were struck out."""
        return self.filter(voided_at__isnull=True)

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()

    def locked(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).get(pk=pk)

    def held_of(self, stek: models.Model, pks: Iterable[int]) -> "SignalQuerySet":
        """Rows of this STEK as they are now, until the transaction ends; always in one order."""
        rows = self.counted().filter(stek=stek, pk__in=tuple(pks))
        return rows.select_for_update(of=("self",)).order_by("id")

    def with_words(self) -> "SignalQuerySet":
        """With everything that a line about them shows; no query more."""
        return self.select_related("theme", "bundle", "noted_by")

    def in_phase(self, phase: str) -> "SignalQuerySet":
        """By the phase that is shown: from bundled on, that of the structural signal."""
        return self.filter(Q(bundle__isnull=True, phase=phase) | Q(bundle__phase=phase))

    def among(self, pks: Iterable[int]) -> "SignalQuerySet":
        return self.filter(pk__in=tuple(pks))

    def loose(self) -> "SignalQuerySet":
        """In no structural signal, and not put aside."""
        return self.filter(phase__in=(Phase.NOTICED, Phase.COLLECTED))

    def about_theme(self, theme_id: int) -> "SignalQuerySet":
        return self.filter(theme_id=theme_id)

    def owned_by(self, user_id: int) -> "SignalQuerySet":
        return self.filter(bundle__owner_id=user_id)

    def noted_in(self, year: int) -> "SignalQuerySet":
        return self.filter(noted_at__year=year)

    def years(self) -> list[int]:
        """In which something was noted, the latest first."""
        return [found.year for found in self.order_by().dates("noted_at", "year", order="DESC")]

    def of_bundle(self, bundle: models.Model) -> "SignalQuerySet":
        return self.counted().filter(bundle=bundle).order_by("id")

    def of_bundle_by(self, bundle_id: int, user: models.Model) -> "SignalQuerySet":
        return self.filter(bundle_id=bundle_id, noted_by=user)

    def with_new_answer(self) -> "SignalQuerySet":
        """What was answered since who noted it last looked."""
        unread = Q(answer_read_at__isnull=True) | Q(answer_read_at__lt=F("bundle__answer_at"))
        return self.filter(unread, bundle__answer_at__isnull=False, bundle__voided_at__isnull=True)

    def new_answers_first(self) -> "SignalQuerySet":
        new = self.with_new_answer().order_by()
        is_new = models.Exists(new.filter(pk=models.OuterRef("pk")).values("pk"))
        return self.annotate(is_new=is_new).order_by("-is_new", "-id")


class BundleQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "BundleQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def counted(self) -> "BundleQuerySet":
        """Without those that were struck out."""
        return self.filter(voided_at__isnull=True)

    def open(self) -> "BundleQuerySet":
        """Still to go on, or to be answered."""
        return self.counted().exclude(phase__in=OVER)

    def of_stek(self, stek: models.Model) -> "BundleQuerySet":
        return self.filter(stek=stek)

    def unanswered(self) -> "BundleQuerySet":
        """Handed on, and nothing was heard since."""
        return self.counted().filter(phase=Phase.HANDED_ON, answer="")

    def longest_waiting(self) -> dt.date | None:
        """The first day on which one of these was handed on."""
        first: dt.date | None = self.aggregate(first=models.Min("handed_on"))["first"]
        return first

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()

    def locked(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).get(pk=pk)

    def with_words(self) -> "BundleQuerySet":
        """With everything that a line about them shows; no query more."""
        return self.select_related("theme", "owner")

    def as_it_stands(self, pk: int) -> Any:
        return self.get(pk=pk)

    def with_sizes(self) -> "BundleQuerySet":
        """With how many signals are in each."""
        size = Count("signals", filter=Q(signals__voided_at__isnull=True))
        return self.annotate(size=size)

    def about_theme(self, theme_id: int) -> "BundleQuerySet":
        return self.filter(theme_id=theme_id)

    def owned_by(self, user_id: int) -> "BundleQuerySet":
        return self.filter(owner_id=user_id)

    def oldest_first(self) -> "BundleQuerySet":
        return self.order_by("phase_at", "id")


class BundleStepQuerySet(models.QuerySet[Any]):
    def of_bundle(self, bundle: models.Model) -> "BundleStepQuerySet":
        return self.filter(bundle=bundle)

    def kept(self) -> "BundleStepQuerySet":
        """Without those that were struck out."""
        return self.filter(struck_at__isnull=True)

    def made_by_request(self, request_id: UUID) -> bool:
        return self.filter(request_id=request_id).exists()


def theme_questions(
    questions: models.QuerySet[Any], bundle: Any, *, since: dt.date
) -> models.QuerySet[Any]:
    """All of the theme of this bundle, whatever came of them."""
    mine = questions.filter(opening__stek_id=bundle.stek_id, opening__day__gte=since)
    return mine.filter(theme_id=bundle.theme_id)


def concerned_questions(
    questions: models.QuerySet[Any], bundle: Any, *, since: dt.date
) -> models.QuerySet[Any]:
    """Those that a signal of this bundle was noted from, or of its theme that did not work out."""
    linked = bundle.signals.filter(voided_at__isnull=True, question__isnull=False)
    about = Q(pk__in=linked.values("question_id"))
    if bundle.theme_id is not None:
        about |= Q(theme_id=bundle.theme_id, outcome=Outcome.NOT_SOLVED)
    return questions.filter(about, opening__stek_id=bundle.stek_id, opening__day__gte=since)
