"""One small function per model: a row that holds, with only what the test is about spelt out.

Rows are written directly, not through actions: a test of a page should not fail on another rule.
Only a referral is made by its action, because its state follows from its steps.
"""

from tests.factories.accounts import (
    PIN,
    SECRET,
    device,
    invitation,
    membership,
    pin,
    second_factor,
    user,
)
from tests.factories.forms_help import document, follow_up, help_type, question, theme
from tests.factories.moments import today
from tests.factories.people import (
    access,
    budget_rule,
    consent,
    duplicate_pair,
    household,
    household_import,
    leaving_notice,
    member,
    merge,
    referrer,
    restricted,
    retention_hold,
)
from tests.factories.places import (
    changed_day,
    closing_day,
    opening_hours,
    partner,
    stek,
    table_change,
    table_turn,
)
from tests.factories.policy import bundle, signal
from tests.factories.referrals import (
    contact,
    directory_import,
    inbound_link,
    inbound_referral,
    partner_check,
    referral,
    service,
)
from tests.factories.reports import composed_report, consumer, export, snapshot
from tests.factories.reviews import decision, week_review
from tests.factories.visits import (
    activity,
    anonymous_visit,
    attendance,
    message,
    opening,
    turn,
    visit,
)
