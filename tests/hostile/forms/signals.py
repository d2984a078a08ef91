"""Forms of signals, alone and bundled."""

from tests.hostile.forms.shared import KEY, Form

FORMS: dict[str, Form] = {
    "signals:note": (
        [],
        {
            "bottleneck": "De bus rijdt niet op woensdag.",
            "proposal": "Een halte aan de winkel.",
            "theme": "{theme}",
            "with_visitors": "on",
            "question": "{asked}",
            "back": "/balie/",
            "health_seen": "",
            "request_id": KEY,
        },
    ),
    "signals:undo": (["signal"], {"back": "/balie/"}),
    "signals:read_answer": (["signal"], {"unknown": "x"}),
    "signals:bundle_ticked": (
        [],
        {"signals": "{signal}", "bundle": "{bundle}", "request_id": KEY},
    ),
    "signals:sort": (["signal"], {"to": "not_retained", "reason": "once"}),
    "signals:reword": (
        ["signal"],
        {
            "bottleneck": "Geen bus op woensdag.",
            "proposal": "Een halte.",
            "theme": "{theme}",
            "version": "1",
        },
    ),
    "signals:void": (["signal"], {"reason": "double"}),
    "signals:take_out": (["bundled"], {"unknown": "x"}),
    "signals:example": (["bundled"], {"example": "Niemand geraakt er zonder auto."}),
    "signals:word_bundle": (
        ["bundle"],
        {
            "title": "De bus",
            "problem": "Er rijdt geen bus.",
            "proposal": "Een halte.",
            "theme": "{theme}",
            "version": "{v_bundle}",
        },
    ),
    "signals:assign": (["bundle"], {"owner": "{me}"}),
    "signals:step": (
        ["bundle"],
        {
            "move": "handed_on",
            "recipient": "gemeente Kalmthout",
            "day": "{today}",
            "version": "{v_bundle}",
            "reason": "",
            "request_id": KEY,
        },
    ),
    "signals:strike": (["known"], {"version": "{v_known}"}),
    "signals:answer": (
        ["known"],
        {"answer": "We zoeken een halte.", "day": "{today}", "version": "{v_known}"},
    ),
    "signals:drop_answer": (["known"], {"version": "{v_known}"}),
    "signals:void_bundle": (["bundle"], {"reason": "mistake"}),
}
