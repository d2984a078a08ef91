"""Forms that somebody without an account fills in, and what is done with them."""

from tests.hostile.forms.shared import DETAILS, KEY, Form

FORMS: dict[str, Form] = {
    "inbound:ask_access": (
        ["token"],
        DETAILS
        | {"valid_until": "{later}", "budget_step": "{step}", "agreed": "on", "request_id": KEY},
    ),
    "answers:answer": (
        ["way_in"],
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
    "answers:renew_link": (["way_in"], {"email": "dief@elders.test"}),
    "answers:code": ([], {"code": "{letter_code}", "month": "{letter_month}"}),
    "inbound:make_link": (["referrer"], {"unknown": "x"}),
    "inbound:revoke_link": (["inbound_link"], {"unknown": "x"}),
    "inbound:accept_as_new": (["request"], {"unknown": "x"}),
    "inbound:accept_for": (["request"], {"household": "{household}"}),
    "inbound:refuse": (["request"], {"reason": "full"}),
}
