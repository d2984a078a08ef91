"""What the form of the breach page means: which days, and perhaps of whom or on which laptop."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.access import StekRequest
from accounts.models import Membership, TrustedDevice
from people.forms import LARGEST_NUMBER, WholeField, plain_helper
from places.form_fields import field_of
from stek.breach import Asked
from visits.when_fields import WITHIN_REACH, CalendarField


class BreachForm(forms.Form):
    first = CalendarField(label=_("Van"), validators=WITHIN_REACH)
    last = CalendarField(label=_("Tot en met"), validators=WITHIN_REACH)
    colleague = forms.ChoiceField(label=_("Van wie"), required=False)
    device = forms.ChoiceField(label=_("Op welke gedeelde laptop"), required=False)
    number = WholeField(
        label=_("Klantnummer (mag leeg)"),
        low=1,
        high=LARGEST_NUMBER,
        message=_("Een klantnummer ligt tussen 1 en 999 999."),
        required=False,
    )

    def __init__(self, request: StekRequest, *, today: dt.date) -> None:
        shown = {"first": today - dt.timedelta(days=7), "last": today}
        super().__init__(request.POST if request.method == "POST" else None, initial=shown)
        team = Membership.objects.of_stek(request.membership.stek).select_related("user")
        choices = sorted({(str(one.user_id), str(one.user)) for one in team}, key=lambda c: c[1])
        field_of(self, "colleague").choices = [("", _("iedereen")), *choices]
        self._devices = TrustedDevice.objects.visible_to(request.membership).with_people()
        laptops = [(str(one.pk), _name_of(one)) for one in self._devices]
        field_of(self, "device").choices = [("", _("overal")), *laptops]
        self.helper = plain_helper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("De laatste dag komt voor de eerste. Wissel ze om."))
        return data

    def asked(self) -> Asked:
        data = self.cleaned_data
        return Asked(
            first=data["first"],
            last=data["last"],
            colleague=int(data["colleague"]) if data["colleague"] else None,
            number=data["number"] or None,
            device=int(data["device"]) if data["device"] else None,
        )

    def chosen_device(self) -> TrustedDevice | None:
        """The laptop that was asked about."""
        chosen = self.cleaned_data["device"]
        return next((one for one in self._devices if str(one.pk) == chosen), None)


def _name_of(device: TrustedDevice) -> str:
    if device.revoked_at is None:
        return device.name
    return _("%(name)s (ingetrokken op %(day)s)") % {
        "name": device.name,
        "day": date_format(device.revoked_at),
    }
