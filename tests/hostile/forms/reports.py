"""Forms of reports, raw exports and who reads the figures."""

from tests.hostile.forms.shared import KEY, Form

COMPOSED = {"name": "Voor de raad", "tables": "meet", "request_id": KEY}

FORMS: dict[str, Form] = {
    "reports:raw": (
        [],
        {
            "subject": "visits",
            "first_day": "{today}",
            "last_day": "{today}",
            "file_format": "csv",
            "with_names": "on",
            "reason": "own_work",
            "reason_words": "voor de jaarvergadering",
            "password": "koffie-en-thee",
            "request_id": KEY,
        },
    ),
    "reports:cancel": (["export"], {"unknown": "x"}),
    "reports:consumers": ([], {"name": "Koepel", "steks": "{stek}", "request_id": KEY}),
    "reports:revoke_consumer": (["consumer"], {"unknown": "x"}),
    "reports:compose": ([], COMPOSED),
    "reports:change": (["composed"], COMPOSED),
    "reports:freeze_several": (["gemeente", "quarter"], {"unknown": "x"}),
    "reports:take": (["gemeente", "quarter"], {"request_id": KEY, "format": "csv"}),
    "reports:correct": (
        ["gemeente", "frozen"],
        {"request_id": KEY, "correction": "Een dag ingevuld."},
    ),
    "reports:retire": (["composed"], {"unknown": "x"}),
}
