"""The catalogs of the public page: which texts it says, and where they are translated.

Dutch stands in the code; `make messages` brings each `locale/<language>/LC_MESSAGES/django.po` up
to date with it and compiles it, without gettext's own programs.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import override
from django.utils.translation.template import templatize
from holidays import country_holidays

from forms_help.starting import PARTNERS
from places.languages import DUTCH, LANGUAGES
from visits.models import Activity

LOCALE = settings.BASE_DIR / "locale"
TRANSLATED = tuple(language for language in LANGUAGES if language is not DUTCH)
#: Modules with words for visitors.
MODULES = ("stek/public.py", "places/languages.py", "stek/calendar_feed.py", "stek/poster.py")
#: No holiday is ever called otherwise than in these years.
YEARS = range(2024, 2032)


def texts() -> dict[str, str]:
    """Every Dutch text that a visitor may read, with the place it comes from, in a fixed order."""
    found: dict[str, str] = {}
    for place, text in _all_texts():
        found.setdefault(text, place)
    return found


def _all_texts() -> Iterator[tuple[str, str]]:
    for path in sorted((settings.BASE_DIR / "templates" / "public").glob("*.html")):
        code = templatize(path.read_text(encoding="utf-8"))
        # What is left of the markup has no meaning, and neither has its indentation.
        lines = "\n".join(line.strip() for line in code.splitlines())
        yield from ((f"templates/public/{path.name}", text) for text in _in_code(lines))
    for name in MODULES:
        path = settings.BASE_DIR / name
        yield from ((name, text) for text in _in_code(path.read_text("utf-8")))
    with override(settings.LANGUAGE_CODE):
        yield from (("visits/models/activity.py", str(kind.label)) for kind in Activity.Kind)
    yield from (("forms_help/starting.py", partner.line) for partner in PARTNERS)
    holidays = country_holidays("BE", years=YEARS, language="nl")
    yield from (("holidays", name) for name in sorted(set(holidays.values())))


def _in_code(code: str) -> Iterator[str]:
    for _line, text, _comments, _context in extract("python", BytesIO(code.encode())):
        yield text if isinstance(text, str) else text[0]


def po_path(code: str) -> Path:
    path: Path = LOCALE / code / "LC_MESSAGES" / "django.po"
    return path


def read_catalog(code: str) -> Catalog:
    path = po_path(code)
    if not path.exists():
        return Catalog(locale=code)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def up_to_date(code: str) -> Catalog:
    """The catalog with every text of today; what nobody says any more is left out."""
    old = read_catalog(code)
    new = Catalog(
        locale=code,
        project="Stek",
        version="1",
        header_comment=f"# The public page of Stek in {old.locale.english_name}.",
        msgid_bugs_address="-",
        last_translator="Stek",
        language_team="Stek",
        fuzzy=False,
        creation_date=old.creation_date,
        revision_date=old.revision_date,
        charset="utf-8",
    )
    for text, place in texts().items():
        known = old.get(text)
        new.add(text, known.string if known else "", locations=[(place, 1)])
    return new


def written(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalog, width=100, include_lineno=False)
    return file.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """What Django reads."""
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """Texts without a translation."""
    return [str(message.id) for message in catalog if message.id and not message.string]
