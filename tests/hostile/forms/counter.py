"""Forms of the counter: who comes in, and the day itself."""

from tests.hostile.forms.shared import KEY, SIZE, Form

SLIP = {
    "form-TOTAL_FORMS": "1",
    "form-INITIAL_FORMS": "15",
    "form-0-time": "14:00",
    "form-0-number": "",
    "form-0-adults": "2",
    "form-0-children": "1",
    "form-0-coffee": "on",
    "form-0-request_id": KEY,
}

FORMS: dict[str, Form] = {
    "visits:search": ([], {"opening": "{opening}", "q": "fatima"}),
    "visits:enter": ([], {"opening": "{opening}", "q": "fatima", "request_id": KEY}),
    "visits:check_in": (
        [],
        {
            "opening": "{opening}",
            "household": "{household}",
            "request_id": KEY,
            "reason": "once",
            "only": "coffee",
        },
    ),
    "visits:check_in_anonymous": (
        [],
        {"opening": "{opening}", "request_id": KEY, "first_this_year": "on", **SIZE},
    ),
    "visits:new_household": (
        [],
        {
            "opening": "{opening}",
            "first_name": "Amina",
            "last_name": "Yilmaz",
            "confirmed": "1",
            "request_id": KEY,
            **SIZE,
        },
    ),
    "visits:undo": (["visit"], {"unknown": "x"}),
    "visits:void": (["visit"], {"reason": "mistake"}),
    "visits:set_purpose": (["visit"], {"set": "coffee-1"}),
    "visits:deliver_message": (["visit", "message"], {"unknown": "x"}),
    "visits:open_day": ([], {"present": "name-CAW", "extra": "LIGO"}),
    "visits:openings": ([], {"day": "{yesterday}"}),
    "visits:attendance": (["opening"], {"present": "name-CAW", "extra": "LIGO"}),
    "visits:slips": (["opening"], SLIP),
    "visits:close_day": (["opening"], {"anyway": "x"}),
    "visits:reopen_day": (["closed"], {"unknown": "x"}),
}
