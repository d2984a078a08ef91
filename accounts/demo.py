"""The published accounts of a demo installation; they exist only with STEK_DEMO=1."""

from accounts.roles import Role

DEMO_PASSWORD = "koffie-en-thee-2026"
#: Of every account, on a laptop that the coordinator trusts.
DEMO_PIN = "274163"

#: user name, first name, last name, role, slug of the STEK
DEMO_ACCOUNTS = (
    ("vrijwilliger", "Rita", "Peeters", Role.VOLUNTEER, "kalmthout"),
    ("helper", "Bram", "Claessens", Role.HELPER, "kalmthout"),
    ("ligo", "An", "Janssens", Role.HELPER, "kalmthout"),
    ("mika", "Mika", "Verlinden", Role.COMMUNITY_WORKER, "kalmthout"),
    ("coordinator", "Els", "Goossens", Role.COORDINATOR, "kalmthout"),
    ("beheerder", "Wim", "Jacobs", Role.ADMINISTRATOR, "kalmthout"),
    ("essen", "Nadia", "Haddad", Role.COORDINATOR, "essen"),
)

#: user name: the partner that they work for
DEMO_PARTNERS = {"ligo": "LIGO"}
