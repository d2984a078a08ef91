"""Who is on duty: the ticks come from the plan, this form adds somebody by name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms import NameField


class OnDutyForm(forms.Form):
    extra = NameField(label=_("Nog iemand"), max_length=60)
