"""Where a door of tests/access/doors.py opens less: to one's own rows only, and with a PIN."""

from accounts.roles import Role
from tests.access.doors import TABLE, H, V

#: Doors of a role behind which a colleague's row does not exist: one sees what is one's own.
ONLY_OWN: dict[str, set[Role]] = {
    "forms_help:question": {V, H},
    "referrals:undo_question": {V, H},
    "referrals:void_question": {V, H},
    "forms_help:slip": {V},
    "referrals:of_question": {V, H},
    "referrals:start": {V, H},
    "referrals:referral": {V, H},
    "referrals:send": {V, H},
    "referrals:step": {V, H},
    "referrals:strike": {V, H},
    "referrals:void": {V, H},
    "referrals:withdraw": {V, H},
    "referrals:mail_again": {V, H},
    "referrals:card": {V, H},
    "referrals:letter": {V, H},
    # Nobody's but one's own, whoever handles them.
    **dict.fromkeys(("signals:noted", "signals:undo", "signals:read_answer"), TABLE),
}

#: What opens with a PIN on a shared laptop, for whoever the door is for: counter, today's list, the
#: table, and noting a signal. All the rest answers 403, whatever the role.
PIN = {
    "accounts:awake", "accounts:waiting", "accounts:drop_waiting",
    "visits:counter", "visits:search", "visits:enter", "visits:check_in",
    "visits:check_in_anonymous", "visits:new_household", "visits:visit", "visits:undo",
    "visits:void", "visits:set_purpose", "visits:deliver_message", "visits:open_day",
    "visits:opening", "visits:today", "visits:attendance", "visits:close_day", "visits:reopen_day",
    "visits:print_list", "visits:print_slips",
    "forms_help:table", "forms_help:opening", "forms_help:line", "forms_help:nameless",
    "forms_help:questions", "forms_help:take_next", "forms_help:person", "forms_help:take",
    "forms_help:hand_back", "forms_help:leave", "forms_help:like_last", "forms_help:brings",
    "forms_help:chat", "forms_help:draft", "forms_help:question", "forms_help:follow_up_done",
    "forms_help:slip", "referrals:note", "referrals:undo_question", "referrals:void_question",
    "referrals:consent_text", "referrals:offer", "referrals:of_question", "referrals:loop",
    "referrals:tell",
    "signals:note", "signals:noted", "signals:undo",
}  # fmt: skip
#: Doors behind which only one's own row is there, also for who sees those of others elsewhere.
PIN_OWN = {
    "forms_help:question", "forms_help:slip", "referrals:undo_question", "referrals:void_question",
    "referrals:of_question", "forms_help:follow_up_done", "signals:noted", "signals:undo",
}  # fmt: skip
