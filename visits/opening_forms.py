"""Who is on duty: the ticks come from the plan, this form adds somebody by name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.sensitive import clean_name, no_national_number, plain_text


class OnDutyForm(forms.Form):
    extra = forms.CharField(
        label=_("Nog iemand"),
        max_length=60,
        required=False,
        validators=[plain_text, no_national_number],
    )

    def clean_extra(self) -> str:
        return clean_name(self.cleaned_data["extra"])
