"""What every answer carries, whatever it is: page, file, redirect, refusal, error."""

import re
from typing import Any

CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "manifest-src 'self'",
    "worker-src 'self'",
}
WANTED = {
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"DENY"},
    # An address that is a key is told to nobody, not to ourselves either.
    "Referrer-Policy": {"same-origin", "no-referrer"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Cross-Origin-Resource-Policy": {"same-origin"},
}
#: What would name the software, or let another page in.
NEVER = {
    "Server", "X-Powered-By", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials",
}  # fmt: skip
#: What a browser loads or sends to by itself; a link that somebody presses is not.
_LOADED = re.compile(
    r"<(?:script|img|iframe|link|source|embed|object|form|video|audio|base|use|image)\b[^>]*?"
    r"\b(?:src|href|action|data|srcset|formaction)=[\"']?\s*((?:[a-z]+:)?//[^\"'\s>]*)",
    re.IGNORECASE,
)
_OURS = re.compile(r"https?://(?:testserver|stek\.example|127\.0\.0\.1:8000)/", re.IGNORECASE)


def faults_of(answer: Any) -> list[str]:
    """What is missing or too much, in words; empty when all is well."""
    headers = answer.headers
    said = set(headers.get("Content-Security-Policy", "").split("; "))
    faults = [] if said == CSP else [f"Content-Security-Policy: {sorted(said ^ CSP)}"]
    faults += [
        f"{name}: {headers.get(name)}"
        for name, values in WANTED.items()
        if headers.get(name) not in values
    ]
    policy = headers.get("Permissions-Policy", "").split(", ")
    if not all(part.endswith("=()") for part in policy):
        faults.append("Permissions-Policy lets something through")
    if not {"camera", "microphone", "geolocation"} <= {part.split("=")[0] for part in policy}:
        faults.append("Permissions-Policy forgets something")
    faults += [f"{name} is there" for name in NEVER if name in headers]
    for cookie in answer.cookies.values():
        closed = cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"]
        if cookie.value and not closed:
            faults.append(f"cookie {cookie.key}: {cookie.output()}")
    return faults


#: What somebody writes in; a choice or a hidden key is not, and no browser remembers a day.
_TYPED = re.compile(r"</?form\b[^>]*>|<(?:input|textarea)\b[^>]*>", re.IGNORECASE)
_CHOSEN = re.compile(
    r'type="(?:hidden|checkbox|radio|submit|button|reset|file|date|time)"|\breadonly\b'
)
_SAYS = re.compile(r'\bautocomplete="([^"]*)"')
#: Of who sits there and nobody else: a browser may know it when they say so.
_OWN = {"username", "current-password", "new-password", "one-time-code"}


def remembered_in(page: str) -> list[str]:
    """Fields that a browser would fill in for the next one with what somebody wrote in them."""
    found, of_form = [], ""
    for tag in _TYPED.findall(page):
        said = _SAYS.search(tag)
        if tag.startswith("<form"):
            of_form = said[1] if said else ""
        elif tag.startswith("</form"):
            of_form = ""
        elif not _CHOSEN.search(tag) and (said[1] if said else of_form) not in {"off", *_OWN}:
            found.append(tag[:80])
    return found


def strangers_in(page: str) -> list[str]:
    """Addresses of other hosts that a browser would contact for this page."""
    return [found for found in _LOADED.findall(page) if not _OURS.match(found)]
