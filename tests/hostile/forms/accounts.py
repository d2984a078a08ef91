"""Forms of somebody's own account, of who may come in, and of the shared laptop."""

from tests.hostile.forms.shared import KEY, Form

FORMS: dict[str, Form] = {
    "accounts:switch_stek": ([], {"stek": "{stek}"}),
    "accounts:end_session": ([], {"session": "{handle}"}),
    "accounts:end_other_sessions": ([], {"unknown": "x"}),
    "accounts:renew_codes": ([], {"unknown": "x"}),
    "accounts:remove_factor": ([], {"unknown": "x"}),
    "accounts:reset_factor": (["colleague"], {"unknown": "x"}),
    "accounts:invitations": (
        [],
        {
            "email": "nieuw@stek.example",
            "role": "volunteer",
            "partner": "{partner}",
            "last_day": "{later}",
            "request_id": KEY,
        },
    ),
    "accounts:invite_again": (["invitation"], {"unknown": "x"}),
    "accounts:withdraw_invitation": (["invitation"], {"unknown": "x"}),
    "accounts:lock": (
        [],
        {"page": "/balie/", "action": "/balie/", "typed": "[]", "unseen": "[]", "next": "/"},
    ),
    "accounts:drop_waiting": ([], {"next": "/balie/"}),
    "accounts:devices": ([], {"name": "balie", "request_id": KEY}),
    "accounts:revoke_device": (["device"], {"unknown": "x"}),
    "accounts:pin": ([], {"pin": "274163", "pin_again": "274163"}),
    "accounts:drop_pin": ([], {"unknown": "x"}),
    "account_login": ([], {"login": "els", "password": "koffie-en-thee"}),
    "account_change_password": (
        [],
        {
            "oldpassword": "koffie-en-thee",
            "password1": "zeven-groene-stoelen",
            "password2": "zeven-groene-stoelen",
        },
    ),
    "accounts:accept_invitation": (
        ["invited"],
        {
            "first_name": "Lut",
            "last_name": "d'Hooghe",
            "username": "lut",
            "password1": "zeven-groene-stoelen",
            "password2": "zeven-groene-stoelen",
        },
    ),
}
