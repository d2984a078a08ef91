"""Forms of the directory of partners."""

from tests.hostile.forms.shared import KEY, Form

PARTNER = {
    "name": "Huis van het Kind",
    "line": "Voor gezinnen.",
    "email": "huis@kind.example",
    "phone": "0476 12 34 56",
    "website": "www.kind.example",
    "themes": "{theme}",
    "on_site": "on",
    "position": "50",
}

SERVICE = {
    "name": "Opvoedingsvragen",
    "description": "Praat met iemand.",
    "themes": "{theme}",
    "documents": "{document}",
    "languages": "nl",
    "conditions": "wie kinderen heeft",
    "fee": "gratis",
    "area": "Kalmthout",
    "how_to_reach": "bus 40",
    "by_appointment": "on",
    "phone": "0476 12 34 56",
    "email": "huis@kind.example",
    "website": "www.kind.example",
    "social_map": "https://kaart.example/1",
    "street": "Dorp 1",
    "postcode": "2920",
    "town": "Kalmthout",
    "position": "50",
    "h00-from": "09:00",
    "h00-till": "12:00",
}

CONTACT = {"name": "Sofie Maes", "task": "budget", "phone": "", "email": "sofie@kind.example"}

FORMS: dict[str, Form] = {
    "partners:create": ([], PARTNER | {"request_id": KEY}),
    "partners:edit": (["partner"], PARTNER | {"seen": "{seen_partner}"}),
    "partners:check": (["partner"], {"back": "nakijken"}),
    "partners:take_back_check": (["partner"], {"unknown": "x"}),
    "partners:retire": (["partner"], {"unknown": "x"}),
    "partners:restore": (["partner"], {"unknown": "x"}),
    "partners:create_service": (["partner"], SERVICE | {"request_id": KEY}),
    "partners:edit_service": (["service"], SERVICE | {"seen": "{seen_service}"}),
    "partners:retire_service": (["service"], {"unknown": "x"}),
    "partners:restore_service": (["service"], {"unknown": "x"}),
    "partners:add_contact": (["partner"], CONTACT | {"request_id": KEY}),
    "partners:edit_contact": (["contact"], CONTACT | {"seen": "{seen_contact}"}),
    "partners:remove_contact": (["partner", "contact"], {"unknown": "x"}),
    "hsds:confirm": (["directory"], {"fingerprint": "x"}),
    "hsds:cancel": (["directory"], {"unknown": "x"}),
}
