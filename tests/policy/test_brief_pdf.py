"""The brief as a PDF: two pages whatever is in it, nothing in it is ever run, readable by ear."""

import datetime as dt
import io
import re
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from policy import brief_pdf, typesetting
from policy.brief import MOST_EXAMPLES, MOST_LINE, Brief, BriefError, Count, MonthCount, Sender
from policy.brief_pdf import TEMPLATE, make_pdf
from policy.printable import MAY_BREAK, SIGNS, printable
from policy.typesetting import TYPESETTER

MONTHS = tuple(
    MonthCount(dt.date(2025 + (11 + place) // 12, (11 + place) % 12 + 1, 1), number)
    for place, number in enumerate((None, 6, 7, 0, 5, 8, 9, None, 6, 5, 7, 12))
)
BRIEF = Brief(
    sender=Sender(
        "STEK Kalmthout",
        ("Dorpsstraat 12", "2920 Kalmthout"),
        "Opbouwwerker",
        "03 123 45 67",
        "stek@example.org",
    ),
    recipient="gemeente Kalmthout",
    title="Wie geen auto heeft, raakt niet op tijd aan het loket",
    theme="Mobiliteit",
    problem="Het loket is open tot 11u30. De eerste bus komt om 10u10.",
    proposal="Open het loket één namiddag per week.",
    since=dt.date(2025, 12, 1),
    until=dt.date(2026, 11, 25),
    made_on=dt.date(2026, 11, 25),
    counts=(
        Count("vragen aan onze tafel", 1234, "Vragen die niet opgelost raakten."),
        Count("huishoudens", None, "Elk huishouden telt één keer."),
    ),
    months=MONTHS,
    examples=("Een vader stond drie keer voor een gesloten deur.", "Een vrouw nam een taxi."),
)
HOSTILE = (
    '#read("/etc/passwd") #import "@preview/cetz:0.3.0" $x^2$ @ref <label> *b* _i_ `r` \\u{41} '
    "// /* \x00 \u202e مرحبا 😀 \ud800 " + "x" * 300
)


def filled_with(text: str, many: int = 9) -> Brief:
    """The same text in every place that holds one, more often than there is room for."""
    return Brief(
        Sender(text, (text,) * many, text, text, text),
        *(text,) * 5,
        since=dt.date(2025, 12, 1),
        until=dt.date(2026, 11, 25),
        made_on=dt.date(2026, 11, 25),
        counts=(Count(text, 10**9, text),) * many,
        months=(MonthCount(dt.date(2026, 1, 1), 10**9),) * 30,
        months_label=text,
        examples=(text,) * many,
        questions=(text,) * many,
    )


EMPTY = replace(filled_with("", many=0), months=())


def pages_of(brief: Brief) -> list[str]:
    """The text of each page, with every space as one."""
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(brief))).pages]
    return [" ".join(text.replace(MAY_BREAK, "").split()) for text in texts]


#: In points, less the tail of a letter.
LOWER_MARGIN = 46
ALL = {
    "usual": BRIEF,
    "empty": EMPTY,
    "hostile": filled_with(HOSTILE),
    "long": filled_with("woord " * 500),
    "wide": filled_with("WM " * 500),
    "one word": filled_with("W" * 2000),
    "no counts": replace(BRIEF, counts=(), months=()),
    "no examples": replace(BRIEF, examples=(), proposal=""),
}


@pytest.mark.parametrize("brief", ALL.values(), ids=ALL)
def test_it_has_two_pages_of_a4(brief: Brief) -> None:
    reader = PdfReader(io.BytesIO(make_pdf(brief)))
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages]
    assert sizes == [(595, 842)] * 2


@pytest.mark.parametrize("brief", ALL.values(), ids=ALL)
def test_nothing_runs_off_the_paper(brief: Brief) -> None:
    """Below the lower margin of each page stands its footer, and nothing else."""
    for number, page in enumerate(PdfReader(io.BytesIO(make_pdf(brief))).pages, 1):
        low: list[str] = []

        def note(text, outer, place, _font, _size, low=low) -> None:
            if outer[5] + outer[3] * place[5] < LOWER_MARGIN:
                low.append(text)

        page.extract_text(visitor_text=note)
        name = printable(brief.sender.name, MOST_LINE)
        assert _bare("".join(low)) == _bare(f"{name}, 25/11/2026 blad {number} van 2")


def _bare(text: str) -> str:
    """Without what breaking a line adds."""
    return re.sub(rf"[\s{MAY_BREAK}\N{{HYPHEN}}\xad-]", "", text)


def test_it_says_what_and_how_often_and_leaves_room_for_an_answer() -> None:
    first, second = pages_of(BRIEF)
    told = (BRIEF.title, BRIEF.recipient, BRIEF.theme, BRIEF.problem, *BRIEF.examples)
    for text in (*told, *BRIEF.sender.address):
        assert text in first
    assert "01/12/2025 – 25/11/2026" in first
    assert "1 234 vragen aan onze tafel" in first
    for text in (BRIEF.proposal, *BRIEF.questions, "Elk huishouden telt één keer"):
        assert text in second
    assert "Bezorg het aan STEK Kalmthout, Opbouwwerker, 03 123 45 67" in second


def test_a_hidden_number_is_said_to_be_hidden() -> None:
    first, second = pages_of(BRIEF)
    assert "niet getoond* huishoudens" in first
    assert "minder dan 5" in first
    assert "minder dan 5" in second
    shown = replace(BRIEF, counts=BRIEF.counts[:1], months=MONTHS[1:4])
    assert "minder dan 5" not in " ".join(pages_of(shown))


def test_examples_stand_on_the_first_page_when_there_is_room() -> None:
    assert [page.count("Een vader stond") for page in pages_of(BRIEF)] == [1, 0]
    long = replace(BRIEF, examples=(BRIEF.examples[0] * 6,) * 5, problem=BRIEF.problem * 10)
    assert "Een vader stond" not in pages_of(long)[0]
    assert "Een vader stond" in pages_of(long)[1]


def test_nothing_in_it_is_run() -> None:
    first, second = pages_of(filled_with(HOSTILE.partition(" //")[0]))
    assert '#read("/etc/passwd") #import "@preview/cetz:0.3.0" $x^2$ @ref <label> *b*' in first
    assert "root:" not in first + second


def test_a_long_text_is_shortened_and_left_out_examples_are_told() -> None:
    text = "Wie met de bus komt, heeft maar een uur en moet vaak terugkomen. " * 20
    full = replace(BRIEF, problem=text, examples=("Kort.",) * (MOST_EXAMPLES + 2))
    first, second = pages_of(full)
    assert "…" in first
    assert (first + second).count("Kort.") == MOST_EXAMPLES
    assert "Nog 2 voorbeelden kan je opvragen." in first + second
    one_more = replace(BRIEF, examples=("Kort.",) * (MOST_EXAMPLES + 1))
    assert "Nog één voorbeeld kan je opvragen." in " ".join(pages_of(one_more))


def test_the_same_brief_has_the_same_bytes() -> None:
    assert make_pdf(BRIEF) == make_pdf(BRIEF)
    assert make_pdf(BRIEF) != make_pdf(replace(BRIEF, title="Iets anders"))


def test_it_can_be_heard_and_archived() -> None:
    reader = PdfReader(io.BytesIO(make_pdf(BRIEF)))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower() == "nl-be"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == BRIEF.title
    assert reader.metadata.author == BRIEF.sender.name
    described = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part\W+1", described)
    assert re.search(r"pdfaid:part\W+2", described)
    kinds, spoken = _structure(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P", "/Figure"} <= kinds
    (chart,) = spoken
    assert chart.startswith("Vragen per maand. dec 2025: niet getoond; jan 2026: 6; ")


def _structure(top: DictionaryObject) -> tuple[set[str], list[str]]:
    """The kinds of parts, and the spoken texts of pictures."""
    kinds: set[str] = set()
    spoken: list[str] = []
    waiting: list[Any] = [top]
    while waiting:
        part = waiting.pop().get_object()
        if isinstance(part, ArrayObject):
            waiting.extend(part)
        elif isinstance(part, DictionaryObject):
            kinds.add(str(part.get("/S")))
            spoken.extend([str(part["/Alt"])] if "/Alt" in part else [])
            waiting.extend([part["/K"]] if "/K" in part else [])
    return kinds, spoken


def _fonts(page: Any) -> Any:
    return page["/Resources"]["/Font"]


def test_only_the_shipped_typeface_is_used() -> None:
    reader = PdfReader(io.BytesIO(make_pdf(filled_with(HOSTILE))))
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in reader.pages
        for font in _fonts(page).values()
    }
    assert fonts == {"AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold"}
    assert (TYPESETTER.parent / "paper" / "fonts" / "LICENSE").exists()


def test_the_typeface_holds_every_sign_in_both_weights() -> None:
    """A missing one is an error of the typesetter, since nobody could hear it."""
    signs = sorted(SIGNS - {" "})
    pieces = tuple("".join(signs[at : at + 100]) for at in range(0, len(signs), 100))
    assert len(pieces) <= brief_pdf.MOST_COUNTS
    counts = tuple(Count(piece, 5, piece) for piece in pieces)
    make_pdf(replace(BRIEF, counts=counts, problem=" ".join(pieces)))


def test_a_typesetter_that_takes_too_long_or_fails_is_one_clear_error(monkeypatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(typesetting, "SECONDS", 0.001)
        with pytest.raises(BriefError, match="within"):
            make_pdf(BRIEF)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", "/nowhere/python")
        with pytest.raises(BriefError, match="machine"):
            make_pdf(BRIEF)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", "/bin/false")
        with pytest.raises(BriefError, match="ended with 1"):
            make_pdf(BRIEF)


@pytest.mark.parametrize("template", ["../typeset.py", "/etc/passwd", "nothing.typ"])
def test_the_typesetter_opens_nothing_outside_its_folder(template: str) -> None:
    asked = f'{{"template": "{template}", "timestamp": 0, "data": {{}}}}'
    done = subprocess.run(
        [sys.executable, "-I", str(TYPESETTER), str(TEMPLATE.parent)],
        input=asked.encode(),
        capture_output=True,
        timeout=20,
        check=False,
        env={},
    )
    assert done.returncode != 0
    assert done.stdout == b""
    assert b"root:" not in done.stderr
