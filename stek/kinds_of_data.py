"""The kinds of data that an installation keeps, in words: for the register and the statement.

Which fields they hold, and how long, comes from `stek.privacy`: a field that is new there is in all
of them by itself. tests/stek/test_register.py fails on a kind of row that is in none of these.
"""

from dataclasses import dataclass

from accounts.roles import Role

V, H, W, C, A = Role
#: Visitors, colleagues, people of partners.
VISITORS, COLLEAGUES, PARTNERS = "bezoekers", "collega's en vrijwilligers", "mensen van partners"


@dataclass(frozen=True)
class Said:
    """One text in the languages of the statement."""

    nl: str
    fr: str
    en: str

    def in_language(self, code: str) -> str:
        return {"fr": self.fr, "en": self.en}.get(code, self.nl)


@dataclass(frozen=True)
class KindOfData:
    """`why` says what for, and `ground` why that is allowed (article 6 of the GDPR)."""

    key: str
    models: tuple[str, ...]
    title: Said
    why: Said
    ground: str
    whose: str = VISITORS
    seen_by: tuple[Role, ...] = (W, C)
    receives: str = "niemand buiten de STEK"


_TASK = "gerechtvaardigd belang: de winkel en de ontmoetingsplaats laten werken"
_AGREED = "toestemming van de bezoeker, die ze altijd kan intrekken"
_DUTY = "wettelijke plicht: kunnen tonen wie wat deed"

KINDS: tuple[KindOfData, ...] = (
    KindOfData(
        key="who",
        models=(
            "people.Household",
            "people.Member",
            "people.NameKey",
            "people.LeavingNotice",
            "people.DuplicatePair",
            "people.Merge",
            "people.RetentionHold",
        ),
        title=Said(
            "Wie je bent en hoe we je bereiken",
            "Qui vous êtes et comment vous joindre",
            "Who you are and how to reach you",
        ),
        why=Said(
            "Om je te herkennen aan de balie van de winkel.",
            "Pour vous reconnaître à l'accueil de l'épicerie.",
            "To know you at the counter of the grocery.",
        ),
        ground=_TASK,
        seen_by=(V, H, W, C),
    ),
    KindOfData(
        key="access",
        models=(
            "people.GroceryAccess",
            "referrals.InboundReferral",
        ),
        title=Said(
            "Je toegang tot de winkel", "Votre accès à l'épicerie", "Your access to the grocery"
        ),
        why=Said(
            "Om te weten tot wanneer je mag winkelen, en wie dat besliste.",
            "Pour savoir jusqu'à quand vous pouvez faire vos courses, et qui l'a décidé.",
            "To know until when you may shop, and who decided that.",
        ),
        ground=_TASK,
        receives="de toeleider die de toegang vroeg, over zijn eigen aanvraag",
    ),
    KindOfData(
        key="visits",
        models=("visits.Visit", "visits.QueueTurn", "visits.Message"),
        title=Said("Wanneer je kwam", "Quand vous êtes venu", "When you came"),
        why=Said(
            "Om je te ontvangen, en om te tellen hoeveel mensen er komen.",
            "Pour vous accueillir, et pour compter combien de personnes viennent.",
            "To receive you, and to count how many people come.",
        ),
        ground=_TASK,
        seen_by=(V, H, W, C),
        receives="de gemeente en SAAMO, alleen als aantallen",
    ),
    KindOfData(
        key="questions",
        models=("forms_help.Question", "forms_help.QuestionDraft", "forms_help.FollowUp"),
        title=Said(
            "Waarmee we je hielpen bij Koffie & Formulieren",
            "L'aide reçue à Koffie & Formulieren",
            "What we helped you with at Koffie & Formulieren",
        ),
        why=Said(
            "Om verder te helpen als je terugkomt. We noteren het thema, geen dossier.",
            "Pour continuer à vous aider. Nous notons le thème, pas un dossier.",
            "To go on helping when you come back. We note the subject and keep no file.",
        ),
        ground=_TASK,
        seen_by=(H, W, C),
    ),
    KindOfData(
        key="referrals",
        models=(
            "people.Consent",
            "referrals.Referral",
            "referrals.ReferralStep",
            "referrals.AnswerLink",
        ),
        title=Said(
            "Naar welke dienst we je doorverwezen",
            "Vers quel service nous vous avons orienté",
            "To which service we referred you",
        ),
        why=Said(
            "Om contact te leggen met een dienst, als jij dat wil, en te weten of het lukte.",
            "Pour contacter un service, si vous le voulez, et savoir si cela a abouti.",
            "To contact a service, if you want that, and to know what came of it.",
        ),
        ground=_AGREED,
        seen_by=(H, W, C),
        receives="de partner waarvoor de bezoeker toestemming gaf, zolang die geldt",
    ),
    KindOfData(
        key="signals",
        models=("policy.Signal", "reviews.Decision"),
        title=Said("Wat we eruit leren", "Ce que nous en apprenons", "What we learn from it"),
        why=Said(
            "Om aan het beleid te zeggen wat niet werkt, zonder namen.",
            "Pour dire aux autorités ce qui ne fonctionne pas, sans noms.",
            "To tell policy makers what does not work, without names.",
        ),
        ground=_TASK,
        receives="de gemeente en andere besturen, zonder namen",
    ),
    KindOfData(
        key="log",
        models=("accounts.AuditEvent", "reports.Export", "accounts.OutgoingMail"),
        title=Said(
            "Wie je gegevens bekeek", "Qui a consulté vos données", "Who looked at your data"
        ),
        why=Said(
            "Om te kunnen tonen wie wat bekeek of veranderde.",
            "Pour pouvoir montrer qui a consulté ou modifié quoi.",
            "To be able to show who saw or changed what.",
        ),
        ground=_DUTY,
        seen_by=(C, A),
    ),
    KindOfData(
        key="lists",
        models=("people.HouseholdImport", "referrals.DirectoryImport"),
        title=Said(
            "Lijsten die worden ingelezen",
            "Listes en cours de lecture",
            "Lists that are being read in",
        ),
        why=Said(
            "Om een bestaande klantenlijst over te nemen.",
            "Pour reprendre une liste de clients existante.",
            "To take over a list of customers that is there.",
        ),
        ground=_TASK,
        seen_by=(C,),
    ),
    KindOfData(
        key="colleagues",
        models=(
            "accounts.User",
            "accounts.Membership",
            "accounts.Session",
            "accounts.Invitation",
            "accounts.Pin",
            "accounts.Seat",
            "visits.Attendance",
            "visits.TableReply",
            "places.TableTurn",
            "places.TableChange",
        ),
        title=Said(
            "Collega's en vrijwilligers", "Collègues et bénévoles", "Colleagues and volunteers"
        ),
        why=Said(
            "Om te kunnen werken met een eigen account, en te weten wie er aan tafel zit.",
            "Pour travailler avec un compte personnel, et savoir qui est à la table.",
            "To work with an account of one's own, and to know who sits at the table.",
        ),
        ground=_TASK,
        whose=COLLEAGUES,
        seen_by=(W, C, A),
    ),
    KindOfData(
        key="partners",
        models=("referrals.Contact",),
        title=Said(
            "Contactpersonen van diensten",
            "Personnes de contact des services",
            "Contacts at services",
        ),
        why=Said(
            "Om te weten naar wie te vragen.",
            "Pour savoir qui demander.",
            "To know whom to ask for.",
        ),
        ground=_TASK,
        whose=PARTNERS,
        seen_by=(V, H, W, C),
    ),
)
