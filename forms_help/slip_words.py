"""The words of the next-time slip in the twelve languages that visitors read; data, no rules."""

from dataclasses import dataclass

from people.models import Language
from places.languages import VisitorLanguage, language_of


@dataclass(frozen=True)
class SlipWords:
    """`hours` holds {opens} and {closes}; `at_table` and the roles follow on `ask_for`."""

    code: Language
    title: str
    bring: str
    when: str
    hours: str
    ask_for: str
    at_table: str
    community_worker: str
    coordinator: str
    where: str

    @property
    def language(self) -> VisitorLanguage:
        """What the language calls itself, its direction and how it says a date."""
        return language_of(self.code)


#: Its name is the same in every language, and stays on one line.
_TABLE = "Koffie\N{NO-BREAK SPACE}&\N{NO-BREAK SPACE}Formulieren"

_ALL = (
    SlipWords(
        Language.DUTCH,
        title="Tot de volgende keer",
        bring="Breng mee",
        when="Wanneer",
        hours="van {opens} tot {closes}",
        ask_for="Vraag naar",
        at_table=f"iemand aan de tafel {_TABLE}",
        community_worker="de opbouwwerker",
        coordinator="de coördinator",
        where="Waar",
    ),
    SlipWords(
        Language.FRENCH,
        title="À la prochaine fois",
        bring="À apporter",
        when="Quand",
        hours="de {opens} à {closes}",
        ask_for="Demandez",
        at_table=f"quelqu'un à la table {_TABLE}",
        community_worker="le travailleur communautaire",
        coordinator="la coordination",
        where="Où",
    ),
    SlipWords(
        Language.ENGLISH,
        title="See you next time",
        bring="Please bring",
        when="When",
        hours="from {opens} to {closes}",
        ask_for="Ask for",
        at_table=f"someone at the {_TABLE} table",
        community_worker="the community worker",
        coordinator="the coordinator",
        where="Where",
    ),
    SlipWords(
        Language.ARABIC,
        title="إلى اللقاء في المرة القادمة",
        bring="أحضر معك",
        when="متى",
        hours="من الساعة {opens} إلى الساعة {closes}",
        ask_for="اسأل عن",
        at_table=f"أي شخص على طاولة {_TABLE}",
        community_worker="العامل الاجتماعي",
        coordinator="المنسق",
        where="أين",
    ),
    SlipWords(
        Language.TURKISH,
        title="Gelecek sefere görüşmek üzere",
        bring="Yanınızda getirin",
        when="Ne zaman",
        hours="saat {opens} ile {closes} arası",
        ask_for="Kimi sorun",
        at_table=f"{_TABLE} masasından biri",
        community_worker="sosyal çalışan",
        coordinator="koordinatör",
        where="Nerede",
    ),
    SlipWords(
        Language.ROMANIAN,
        title="Pe data viitoare",
        bring="Aduceți cu dumneavoastră",
        when="Când",
        hours="între {opens} și {closes}",
        ask_for="Întrebați de",
        at_table=f"cineva de la masa {_TABLE}",
        community_worker="lucrătorul comunitar",
        coordinator="coordonator",
        where="Unde",
    ),
    SlipWords(
        Language.POLISH,
        title="Do zobaczenia następnym razem",
        bring="Proszę przynieść",
        when="Kiedy",
        hours="od {opens} do {closes}",
        ask_for="Proszę pytać o",
        at_table=f"kogoś przy stole {_TABLE}",
        community_worker="pracownika społecznego",
        coordinator="koordynatora",
        where="Gdzie",
    ),
    SlipWords(
        Language.UKRAINIAN,
        title="До наступного разу",
        bring="Візьміть із собою",
        when="Коли",
        hours="з {opens} до {closes}",
        ask_for="Запитайте",
        at_table=f"когось за столом {_TABLE}",
        community_worker="соціального працівника",
        coordinator="координатора",
        where="Де",
    ),
    SlipWords(
        Language.RUSSIAN,
        title="До следующего раза",
        bring="Возьмите с собой",
        when="Когда",
        hours="с {opens} до {closes}",
        ask_for="Спросите",
        at_table=f"кого-нибудь за столом {_TABLE}",
        community_worker="социального работника",
        coordinator="координатора",
        where="Где",
    ),
    SlipWords(
        Language.SPANISH,
        title="Hasta la próxima",
        bring="Traiga",
        when="Cuándo",
        hours="de {opens} a {closes}",
        ask_for="Pregunte por",
        at_table=f"alguien de la mesa {_TABLE}",
        community_worker="la trabajadora o el trabajador social",
        coordinator="la coordinación",
        where="Dónde",
    ),
    SlipWords(
        Language.PERSIAN,
        title="تا دفعه بعد",
        bring="همراه خود بیاورید",
        when="چه وقت",
        hours="از ساعت {opens} تا {closes}",
        ask_for="سراغ چه کسی را بگیرید",
        at_table=f"یک نفر سر میز {_TABLE}",
        community_worker="مددکار اجتماعی",
        coordinator="هماهنگ‌کننده",
        where="کجا",
    ),
    SlipWords(
        Language.TIGRINYA,
        title="ክሳብ ዝመጽእ ግዜ",
        bring="ሒዝኩም ምጹ",
        when="መዓስ",
        hours="ካብ ሰዓት {opens} ክሳብ {closes}",
        ask_for="ንመን ትሓቱ",
        at_table=f"ኣብ ጣውላ {_TABLE} ዘሎ ሰብ",
        community_worker="ማሕበራዊ ሰራሕተኛ",
        coordinator="ኣወሃሃዲ",
        where="ኣበይ",
    ),
)

#: In the order in which they are offered.
SLIP_WORDS: dict[str, SlipWords] = {words.code.value: words for words in _ALL}
