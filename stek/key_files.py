"""Keys of the installation, from the environment or from a file that only the service can read."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

#: Characters; `secrets.token_urlsafe(64)` gives 86.
SHORTEST = 50


def key_text(value: str, file: str, *, name: str) -> str:
    """What the setting `name` says, or else what stands in the file that `name`_FILE names."""
    if value:
        return value
    if not file:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it (or {name}_FILE) to at least {SHORTEST} random "
            "characters; `make run` does that by itself."
        )
    try:
        return Path(file).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not plain text"
        raise ImproperlyConfigured(
            f"{name}_FILE can't be read ({reason}). "
            f"Set it to a readable file with at least {SHORTEST} random characters."
        ) from error


def several_keys(text: str, *, name: str) -> list[str]:
    """Keys separated by commas, spaces or lines; each as long as a key must be."""
    keys = text.replace(",", " ").split()
    if not keys or min(map(len, keys)) < SHORTEST:
        raise ImproperlyConfigured(
            f"{name} is too short: use at least {SHORTEST} random characters for each key."
        )
    return keys
