"""Forms about a household: what we know of it, its access, its rights."""

from tests.hostile.forms.shared import DETAILS, KEY, Form

COLUMNS = {
    "column-0-0": "number",
    "column-0-1": "last_name",
    "column-0-2": "first_name",
    "shown": "0-2",
    "skip": "",
}

FORMS: dict[str, Form] = {
    "people:search": ([], {"q": "fatima"}),
    "people:create": ([], DETAILS | {"number": "77", "request_id": KEY, "confirmed": "1"}),
    "people:edit": (["household"], DETAILS | {"number": "77", "version": "1"}),
    "people:add_member": (
        ["household"],
        {"first_name": "Amina", "last_name": "Yilmaz", "request_id": KEY},
    ),
    "people:grant": (
        ["household"],
        {
            "referrer": "",
            "valid_from": "{today}",
            "valid_until": "{later}",
            "budget_step": "",
            "request_id": KEY,
        },
    ),
    "people:renew": (["access"], {"request_id": KEY, "back": "list", "referrer": ""}),
    "people:suspend": (["access"], {"reason": "papers"}),
    "people:end": (["access"], {"reason": "moved"}),
    "people:replace_card": (["household"], {"lost": "{card}"}),
    "people:message": (["household"], {"text": "LIGO belde.", "request_id": KEY}),
    "people:merge_choose": (["household"], {"number": "{other_number}"}),
    "people:merge": (
        ["household", "other"],
        {
            "keep": "{household}",
            "of_name": "{household}",
            "of_phone": "{other}",
            "of_language": "{other}",
            "of_size": "{household}",
            "of_access": "{household}",
            "also_member": "1",
            "one_version": "1",
            "other_version": "1",
            "seen": "",
            "request_id": KEY,
        },
    ),
    "people:keep_apart": (["pair"], {"unknown": "x"}),
    "people:doubt_again": (["apart"], {"unknown": "x"}),
    "people:undo_merge": (["merge"], {"unknown": "x"}),
    "people:erase": (["household"], {"number": "{number}", "reason": "asked"}),
    "breach": (
        [],
        {
            "first": "{yesterday}",
            "last": "{today}",
            "colleague": "{me}",
            "device": "",
            "number": "{number}",
        },
    ),
    "people:everything": (["household"], {"reason": "visitor"}),
    "people:restrict": (["household"], {"reason": "disputed"}),
    "people:lift_restriction": (["household"], {"unknown": "x"}),
    "people:hold": (["household"], {"reason": "claim", "until": "{soon}", "request_id": KEY}),
    "people:lift_hold": (["household"], {"unknown": "x"}),
    "people:withdraw_consent": (["household", "caw"], {"unknown": "x"}),
    "people:drop_message": (["household", "own_message"], {"unknown": "x"}),
    "people:remove_member": (["household", "member"], {"unknown": "x"}),
    "people:resume": (["suspended"], {"unknown": "x"}),
    "people:import_columns": (["import"], COLUMNS | {"toon": "all:1"}),
    "people:import_confirm": (["import"], COLUMNS | {"fingerprint": "x"}),
    "people:import_cancel": (["import"], {"unknown": "x"}),
    "people:import_undo": (["import"], {"unknown": "x"}),
}
