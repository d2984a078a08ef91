"""Forms of the week and its inbox."""

from tests.hostile.forms.shared import KEY, Form

FORMS: dict[str, Form] = {
    "reviews:decide": (
        ["week"],
        {
            "item": "new-{household}",
            "about_day": "{today}",
            "choice": "wait",
            "until": "{soon}",
            "after": "",
            "to": "",
            "request_id": KEY,
        },
    ),
    "reviews:undo": (["week", "decision"], {"unknown": "x"}),
    "reviews:review": (["week"], {"note": "Een drukke week.", "version": "0", "request_id": KEY}),
    "reviews:reopen": (["week"], {"reason": "mistake"}),
    "reviews:mail": ([], {"wanted": "on"}),
}
