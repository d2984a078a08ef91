"""What was signalled: one per so many questions, and a structural signal in each phase."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from accounts.models import Membership, User
from accounts.roles import Role
from policy.course import standing_after
from policy.models import Bundle, BundleStep, Signal
from policy.states import Move, Phase, Reason
from stek.demo.population import made_key
from stek.demo.table import Noted, Table

#: One signal per so many questions.
PER_QUESTIONS = 25
#: So many signals are in each structural one.
IN_A_BUNDLE = 4
#: Share that was talked over with visitors; share that came up at a question.
WITH_VISITORS, FROM_QUESTION = 0.35, 0.6
#: Days after which a signal is no longer among the new ones.
NEW_DAYS = 45

#: theme: (what does not work, what would help)
LINES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "energy": (
        ("De budgetmeter kan alleen nog online opgeladen worden.", "Een oplaadpunt in het dorp."),
        ("Wie een budgetmeter heeft, zit bij koude dagen zonder stroom.", "Een winterstop."),
        ("Het sociaal tarief valt weg zonder uitleg.", "Een brief in gewone taal vooraf."),
    ),
    "housing": (
        ("De wachtlijst voor een sociale woning is langer dan acht jaar.", "Meer huurwoningen."),
        ("Huurders durven schimmel niet te melden.", "Een meldpunt bij de gemeente."),
        ("Er is geen kleine huurwoning onder € 800 te vinden.", ""),
    ),
    "income": (
        ("Een antwoord op een aanvraag duurt drie maanden.", "Een voorschot tijdens het wachten."),
        ("De brieven over een leefloon zijn niet te begrijpen.", "Samen herschrijven."),
    ),
    "health": (
        ("Er is geen huisarts die nog nieuwe mensen aanneemt.", "Een wijkgezondheidscentrum."),
        ("De tandarts vraagt het hele bedrag vooraf.", "Overal derdebetaler."),
    ),
    "family": (
        ("De opvang voor schooltijd kost te veel voor grote gezinnen.", "Een sociaal tarief."),
    ),
    "school": (
        ("De kosten van de eerste schooldag komen allemaal tegelijk.", "Betalen in stukken."),
        ("Inschrijven kan alleen via een website.", "Inschrijven aan de balie."),
    ),
    "taxes": (
        (
            "Afspraken voor de belastingbrief zijn in mei al volzet.",
            "Een extra zitdag in het dorp.",
        ),
        ("Wie geen itsme heeft, kan het voorstel niet nakijken.", "Papier op vraag."),
    ),
    "debts": (
        (
            "Een kleine schoolrekening wordt snel een dossier met kosten.",
            "Eerst bellen, dan manen.",
        ),
    ),
    "digital": (
        (
            "Voor bijna elke dienst is itsme nodig, en dat lukt niet zonder smartphone.",
            "Een loket.",
        ),
        ("Een afspraak bij de gemeente maken kan alleen online.", "Ook aan de telefoon."),
        ("De openbare computers staan er niet op woensdag.", "Elke dag open."),
    ),
    "work": (
        ("De les Nederlands valt samen met de uren van de opvang.", "Lessen in de voormiddag."),
    ),
    "leisure": (("De vrijetijdspas is niet gekend.", "Hem aan de balie laten maken."),),
    "legal": (("Voor een attest moet je twee keer terugkomen.", "In één keer meegeven."),),
    "other": (("Op woensdag rijdt er na de middag geen bus naar de winkel.", "Een belbus."),),
}


@dataclass(frozen=True)
class Story:
    """A structural signal: its words, and days ago for each step that was taken."""

    theme: str
    title: str
    proposal: str
    steps: tuple[tuple[Move, int], ...]
    recipient: str = ""
    answer: str = ""
    answered: int = 0  # days ago
    reason: str = ""

    @property
    def known_since(self) -> int:
        """Days ago that it was handed on; until then signals came in."""
        return next((days for what, days in self.steps if what == Move.HANDED_ON), 0)


M = Move
STORIES = (
    Story(
        "digital",
        "Wie geen smartphone heeft, raakt nergens meer binnen",
        "Een loket waar alles ook zonder computer kan, twee halve dagen per week.",
        (
            (M.ANALYSED, 330),
            (M.HANDED_ON, 300),
            (M.DECISION, 240),
            (M.ACTION, 180),
            (M.FEEDBACK, 150),
        ),
        "gemeente Kalmthout",
        "Sinds september is er op dinsdag en donderdag een loket zonder afspraak.",
        240,
    ),
    Story(
        "health",
        "Geen huisarts voor wie hier nieuw komt wonen",
        "Een wijkgezondheidscentrum, samen met de gemeenten in de buurt.",
        ((M.ANALYSED, 260), (M.HANDED_ON, 220), (M.DECISION, 120), (M.ACTION, 40)),
        "eerstelijnszone Noorderkempen",
        "Twee praktijken nemen opnieuw mensen aan. Het centrum wordt onderzocht.",
        120,
    ),
    Story(
        "energy",
        "Een budgetmeter opladen kan bijna nergens meer",
        "Een oplaadpunt in het dorp, en een afspraak voor de winter.",
        ((M.ANALYSED, 150), (M.HANDED_ON, 110), (M.DECISION, 12)),
        "gemeente Kalmthout",
        "De gemeente vraagt een oplaadpunt in het Sociaal Huis. Antwoord volgt in het voorjaar.",
        12,
    ),
    Story(
        "housing",
        "Wonen wordt onbetaalbaar voor kleine inkomens",
        "Een meldpunt voor slechte woningen, en meer kleine huurwoningen.",
        ((M.ANALYSED, 70), (M.HANDED_ON, 45)),
        "gemeente Kalmthout",
    ),
    Story(
        "taxes",
        "Geen plaats meer voor hulp bij de belastingbrief",
        "Een extra zitdag in juni.",
        ((M.ANALYSED, 25),),
    ),
    Story("income", "Te lang wachten op een antwoord", "Een voorschot tijdens het wachten.", ()),
    Story(
        "school",
        "Schoolkosten in september",
        "Betalen in stukken.",
        ((M.NOT_RETAINED, 60),),
        reason=Reason.KNOWN,
    ),
)


def save_signals(table: Table, *, today: dt.datetime, rng: random.Random) -> None:
    """Signals from questions that were asked; `today` is its first moment."""
    asked = [one for one in table.noted if one.theme and one.row.voided_at is None]
    count = len(asked) // PER_QUESTIONS
    keys, team = table.keys(), _team(table)
    taken: set[int] = set()
    worker = team.get(Role.COMMUNITY_WORKER)
    if worker is not None and count > len(STORIES) * IN_A_BUNDLE:
        for story in STORIES:
            before = today - dt.timedelta(days=story.known_since)
            about = [
                place
                for place, one in enumerate(asked)
                if one.theme == story.theme and one.row.created_at < before
            ]
            chosen = sorted(rng.sample(about, min(IN_A_BUNDLE, len(about))))
            bundle = _bundle(table, story, today=today, by=worker, rng=rng)
            signals = [_signal(table, asked[one], keys, team=team, rng=rng) for one in chosen]
            _put_in(signals, bundle, story, today=today, by=worker)
            taken |= set(chosen)
    left = [place for place in range(len(asked)) if place not in taken]
    loose = sorted(rng.sample(left, min(max(count - len(taken), 0), len(left))))
    for place, one in enumerate(loose):
        signal = _signal(table, asked[one], keys, team=team, rng=rng)
        _sort(signal, place, last=place >= len(loose) - 3, today=today, by=team)
        signal.save(force_insert=True)


def _team(table: Table) -> dict[str, User]:
    """Somebody of each role."""
    members = Membership.objects.of_stek(table.stek).select_related("user").order_by("-pk")
    return {one.role: one.user for one in members}


def _signal(
    table: Table,
    noted: Noted,
    keys: Mapping[UUID, int],
    *,
    team: Mapping[str, User],
    rng: random.Random,
) -> Signal:
    bottleneck, proposal = rng.choice(LINES[noted.theme])
    at_table = rng.random() < FROM_QUESTION
    at_counter = team.get(Role.VOLUNTEER)
    by = noted.row.created_by_id if at_table or at_counter is None else at_counter.pk
    return Signal(
        stek=table.stek,
        theme_id=table.themes[noted.theme],
        bottleneck=bottleneck,
        proposal=proposal,
        with_visitors=rng.random() < WITH_VISITORS,
        question_id=keys[noted.row.request_id] if at_table else None,
        noted_at=noted.row.created_at + dt.timedelta(minutes=4),
        noted_by_id=by,
        request_id=made_key(rng),
    )


def _sort(
    signal: Signal, place: int, *, last: bool, today: dt.datetime, by: Mapping[str, User]
) -> None:
    """New when it is recent; else kept, or put aside now and then."""
    worker = by.get(Role.COMMUNITY_WORKER)
    if last or worker is None or today - signal.noted_at < dt.timedelta(days=NEW_DAYS):
        return
    signal.sorted_at, signal.sorted_by = signal.noted_at + dt.timedelta(days=9), worker
    signal.version = 2
    if place % 6 == 5:
        signal.phase, signal.reason = Phase.NOT_RETAINED, Reason.ONCE
    else:
        signal.phase = Phase.COLLECTED


def _bundle(
    table: Table, story: Story, *, today: dt.datetime, by: User, rng: random.Random
) -> Bundle:
    first = max((days for _what, days in story.steps), default=10) + 6
    steps = [
        _step(Move.BUNDLED, first, story, today),
        *(_step(*s, story, today) for s in story.steps),
    ]
    bottleneck, _proposal = LINES[story.theme][0]
    bundle = Bundle(
        stek=table.stek,
        theme_id=table.themes[story.theme],
        title=story.title,
        problem=f"{bottleneck} We horen dit van veel mensen, aan de balie en aan tafel.",
        proposal=story.proposal,
        owner=by,
        owner_since=steps[0].at,
        created_at=steps[0].at,
        created_by=by,
        request_id=made_key(rng),
        version=len(steps) + 1,
        **asdict(standing_after(steps)),
    )
    if story.answer:
        at = today - dt.timedelta(days=story.answered)
        bundle.answer, bundle.answered_on = story.answer, at.date()
        bundle.answer_at, bundle.answer_by = at, by
    bundle.save(force_insert=True)
    for step in steps:
        step.bundle, step.by, step.request_id = bundle, by, made_key(rng)
    BundleStep.objects.bulk_create(steps)
    return bundle


def _step(what: Move, days: int, story: Story, today: dt.datetime) -> BundleStep:
    at = today - dt.timedelta(days=days) + dt.timedelta(hours=10)
    handed_on = what == Move.HANDED_ON
    return BundleStep(
        what=what,
        at=at,
        reason=story.reason if what == Move.NOT_RETAINED else "",
        recipient=story.recipient if handed_on else "",
        day=at.date() if handed_on else None,
    )


def _put_in(
    signals: Sequence[Signal], bundle: Bundle, story: Story, *, today: dt.datetime, by: User
) -> None:
    for place, signal in enumerate(signals):
        signal.bundle, signal.phase = bundle, Phase.BUNDLED
        signal.sorted_at, signal.sorted_by = max(signal.noted_at, bundle.created_at), by
        signal.version = 2
        if bundle.handed_on and place < 2:
            signal.example = signal.bottleneck
        if bundle.phase == Phase.FEEDBACK:
            signal.answer_read_at = today - dt.timedelta(days=story.answered - 7)
        signal.save(force_insert=True)
