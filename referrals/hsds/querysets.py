"""Questions about the files of partners that were chosen."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import models

from accounts.models import Membership

_MOST_SHOWN = 20


class DirectoryImportQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "DirectoryImportQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def of_stek(self, stek: models.Model) -> "DirectoryImportQuerySet":
        return self.filter(stek=stek)

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()

    def locked(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).select_related("stek").get(pk=pk)

    def latest_few(self) -> "DirectoryImportQuerySet":
        """For the list on the page, without the rows of the file."""
        return self.select_related("created_by").defer("table")[:_MOST_SHOWN]

    def drafts_before(self, moment: dt.datetime) -> "DirectoryImportQuerySet":
        return self.filter(state="draft", created_at__lt=moment)
