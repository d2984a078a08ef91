"""Every form that is posted: its route, the rows in its address, and a body that is accepted.

A route that takes a POST and does not stand here fails test_every_form_is_tried.
"""

from tests.hostile.forms import (
    accounts,
    agenda,
    counter,
    outside,
    partners,
    people,
    reports,
    signals,
    table,
    week,
)
from tests.hostile.forms.shared import KEY as KEY
from tests.hostile.forms.shared import Form

FORMS: dict[str, Form] = {
    **accounts.FORMS,
    **counter.FORMS,
    **people.FORMS,
    **table.FORMS,
    **partners.FORMS,
    **outside.FORMS,
    **agenda.FORMS,
    **signals.FORMS,
    **week.FORMS,
    **reports.FORMS,
}

#: Sent by somebody who is not signed in; on the shared laptop, where that matters.
OF_A_STRANGER = {"account_login", "accounts:accept_invitation"}

#: What takes a POST and is tried elsewhere, with the file that does.
ELSEWHERE: dict[str, str] = {
    "people:import_start": "tests/people/test_import_files.py",
    "hsds:start": "tests/referrals/test_hsds_wrong.py",
    "accounts:lock_screen": "tests/accounts/locking/test_idle.py",
    "accounts:set_up_factor": "tests/accounts/test_second_factor.py",
    "mfa_authenticate": "tests/accounts/test_code_at_sign_in.py",
    "account_logout": "tests/accounts/test_sign_in.py",
}
