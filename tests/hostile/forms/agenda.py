"""Forms of the agenda and of activities."""

from tests.hostile.forms.shared import KEY, Form

ACTIVITY = {
    "title": "Samen koken",
    "kind": "cooking",
    "day": "{today}",
    "starts_at": "10:00",
    "ends_at": "12:00",
    "organiser": "{partner}",
    "is_public": "on",
}

FORMS: dict[str, Form] = {
    "agenda:reply": (["date"], {"comes": "yes"}),
    "agenda:day": (
        ["date"],
        {
            "plan": "move",
            "to_day": "{soon}",
            "opens_at": "13:00",
            "closes_at": "16:00",
            "why": "Verbouwing",
            "version": "0",
        },
    ),
    "agenda:restore_day": (["changed"], {"version": "1"}),
    "agenda:change_table": (["date"], {"sitter": "CAW", "set": "absent"}),
    "agenda:stand_in": (["date"], {"who": "Sofie", "kind": "volunteer"}),
    "activities:create": ([], ACTIVITY | {"request_id": KEY}),
    "activities:edit": (["activity"], ACTIVITY | {"version": "1"}),
    "activities:count": (["activity"], {"participants": "12", "version": "1"}),
    "activities:cancel": (["activity"], {"unknown": "x"}),
    "activities:revive": (["activity"], {"unknown": "x"}),
}
