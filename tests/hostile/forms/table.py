"""Forms of the table: a question, what is still to do, and a referral."""

from tests.hostile.forms.shared import KEY, Form

FORMS: dict[str, Form] = {
    "forms_help:take_next": ([], {"opening": "{opening}"}),
    "forms_help:take": (["asking"], {"unknown": "x"}),
    "forms_help:hand_back": (["asking"], {"unknown": "x"}),
    "forms_help:leave": (["asking"], {"unknown": "x"}),
    "referrals:note": (
        [],
        {
            "opening": "{opening}",
            "visit": "{asking}",
            "theme": "{theme}",
            "help_types": "{help_type}",
            "outcome": "follow_up",
            "minutes": "30",
            "for_whom": "role-helper",
            "due": "{soon}",
            "what": "Belt Fluvius",
            "note": "Belt morgen.",
            "health_seen": "x",
            "request_id": KEY,
        },
    ),
    "referrals:offer": (
        [],
        {"opening": "{opening}", "visit": "{asking}", "theme": "{theme}", "partner": "{partner}"},
    ),
    "referrals:start": (
        ["asked"],
        {
            "partner": "{partner}",
            "consent": "spoken",
            "channel": "phone",
            "tells": "phone",
            "request_id": KEY,
        },
    ),
    "referrals:send": (
        ["proposed"],
        {
            "partner": "{partner}",
            "consent": "spoken",
            "channel": "phone",
            "version": "{v_proposed}",
        },
    ),
    "referrals:step": (
        ["referral"],
        {
            "happening": "appointment",
            "version": "{v_referral}",
            "reason": "full",
            "day": "{soon}",
            "time": "14:30",
            "place": "Dorp 1",
            "ask_for": "Els",
            "request_id": KEY,
        },
    ),
    "referrals:strike": (["arrived"], {"version": "{v_arrived}"}),
    "referrals:void": (["referral"], {"unknown": "x"}),
    "referrals:withdraw": (["referral"], {"unknown": "x"}),
    "referrals:mail_again": (["referral"], {"unknown": "x"}),
    "referrals:tell": (["visit"], {"referral": "{told}", "said": "reached"}),
    "forms_help:chat": ([], {"opening": "{opening}", "visit": "{asking}", "request_id": KEY}),
    "forms_help:like_last": (["asking"], {"request_id": KEY}),
    "forms_help:draft": (
        [],
        {
            "opening": "{opening}",
            "visit": "{asking}",
            "theme": "{theme}",
            "note": "Belt morgen.",
            "request_id": KEY,
        },
    ),
    "referrals:undo_question": (["question"], {"unknown": "x"}),
    "referrals:void_question": (["question"], {"reason": "mistake"}),
    "forms_help:follow_up_done": (["follow_up"], {"visit": "{asking}"}),
    "forms_help:follow_up_reopen": (["follow_up"], {"unknown": "x"}),
    "forms_help:follow_up_move": (["follow_up"], {"due": "{soon}"}),
    "forms_help:follow_up_drop": (["follow_up"], {"reason": "not_needed"}),
}
