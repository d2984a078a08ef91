"""The register of processing and what the public statement says, made from the classification."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps

from accounts.roles import Role
from places.models import Stek
from stek.everything.words import WORDS
from stek.kinds_of_data import KINDS, KindOfData, Said
from stek.privacy import FIELDS, Kept, Privacy

Fields = Mapping[str, tuple[Privacy, Kept]]

#: What is never asked, never a field, and refused where somebody types it.
NEVER = Said(
    "Geen rijksregisternummer, inkomen, schulden, nationaliteit of gezondheid, en geen kopie van "
    "papieren.",
    "Pas de numéro de registre national, de revenus, de dettes, de nationalité ni de santé, et "
    "aucune copie de documents.",
    "No national number, income, debts, nationality or health, and no copies of papers.",
)


def kept_for(kept: Kept, stek: Stek) -> Said:
    """How long, with the terms of this STEK."""
    months = {
        Kept.IDENTITY: stek.identity_months,
        Kept.LOG: stek.audit_months,
        Kept.REFERRAL: stek.referral_months,
    }
    since = {
        Kept.IDENTITY: Said(
            "na je laatste bezoek of het einde van je toegang",
            "après votre dernière visite ou la fin de votre accès",
            "after your last visit or the end of your access",
        ),
        Kept.LOG: Said("na de dag zelf", "après le jour même", "after the day itself"),
        Kept.REFERRAL: Said(
            "na het einde van de doorverwijzing",
            "après la fin de l'orientation",
            "after the referral ended",
        ),
    }
    if kept in months:
        n, after = months[kept], since[kept]
        return Said(f"{n} maanden {after.nl}", f"{n} mois {after.fr}", f"{n} months {after.en}")
    if kept is Kept.NOTE:
        n = stek.note_days
        return Said(f"{n} dagen", f"{n} jours", f"{n} days")
    return {
        Kept.MESSAGE: Said(
            "tot het doorgegeven is, hoogstens 30 dagen",
            "jusqu'à sa transmission, au plus 30 jours",
            "until it is passed on, at most 30 days",
        ),
        Kept.DRAFT: Said("hoogstens een dag", "au plus un jour", "at most a day"),
        Kept.MERGE: Said(
            "30 dagen, om het samenvoegen te kunnen terugdraaien",
            "30 jours, pour pouvoir annuler la fusion",
            "30 days, so that the merge can be undone",
        ),
        Kept.REQUEST: Said(
            "tot 30 dagen na de beslissing",
            "jusqu'à 30 jours après la décision",
            "until 30 days after the decision",
        ),
        Kept.RESTRICTION: Said(
            "tot de beperking opgeheven is",
            "jusqu'à la levée de la limitation",
            "until the restriction is lifted",
        ),
        Kept.PARTNER: Said(
            "zolang iemand contactpersoon is",
            "tant que la personne est notre contact",
            "as long as somebody is our contact",
        ),
        Kept.SESSION: Said(
            "tot je je afmeldt, hoogstens acht uur",
            "jusqu'à la déconnexion, au plus huit heures",
            "until signing out, at most eight hours",
        ),
        Kept.SEAT: Said(
            "tot wie het typte terug is, hoogstens 8 uur",
            "jusqu'au retour de la personne, 8 heures au plus",
            "until whoever typed it is back, at most 8 hours",
        ),
        Kept.PIN: Said(
            "zolang iemand een account en een rol heeft",
            "tant que la personne a un compte et un rôle",
            "as long as somebody has an account and a role",
        ),
        Kept.INVITATION: Said(
            "tot de uitnodiging aanvaard of ingetrokken is, anders 37 dagen",
            "jusqu'à l'acceptation ou le retrait, sinon 37 jours",
            "until it is accepted or withdrawn, else 37 days",
        ),
        Kept.ACCOUNT: Said("zolang het account", "tant que le compte", "as long as the account"),
        Kept.FOREVER: Said(
            "altijd, zonder naam: voor de aantallen",
            "toujours, sans nom : pour les statistiques",
            "always, without a name: for the counts",
        ),
    }[kept]


#: What has this term, as a visitor would call it.
WHAT: Mapping[Kept, Said] = {
    Kept.IDENTITY: Said(
        "Namen, telefoon en taal", "Noms, téléphone et langue", "Names, phone and language"
    ),
    Kept.LOG: Said("Wie keek, en wanneer", "Qui a regardé, et quand", "Who looked, and when"),
    Kept.MESSAGE: Said("Een bericht voor jou", "Un message pour vous", "A message for you"),
    Kept.DRAFT: Said(
        "Wat half ingevuld of nog niet ingelezen is",
        "Ce qui n'est pas encore enregistré",
        "What is not saved yet",
    ),
    Kept.NOTE: Said("Een korte nota", "Une courte note", "A short note"),
    Kept.REFERRAL: Said(
        "Waar en wanneer je afspraak was",
        "Où et quand était votre rendez-vous",
        "Where and when your appointment was",
    ),
    Kept.REQUEST: Said(
        "Je naam in een aanvraag", "Votre nom dans une demande", "Your name in a request"
    ),
    Kept.FOREVER: Said("De rest", "Le reste", "The rest"),
}


@dataclass(frozen=True)
class Entry:
    """One kind of data: what it holds, by how long that stays."""

    kind: KindOfData
    #: (how long, the names of the fields)
    held: tuple[tuple[Said, tuple[str, ...]], ...]
    terms: tuple[Kept, ...]

    @property
    def roles(self) -> list[str]:
        return [str(Role(one).label) for one in self.kind.seen_by]


def entries(stek: Stek, fields: Fields = FIELDS) -> tuple[Entry, ...]:
    """Every kind with its fields, as they are classified now."""
    return tuple(_entry(kind, stek, fields) for kind in KINDS)


def _entry(kind: KindOfData, stek: Stek, fields: Fields) -> Entry:
    held: dict[Kept, list[str]] = {}
    for name, (privacy, kept) in fields.items():
        model, field = name.rsplit(".", 1)
        if model not in kind.models:
            continue
        word = _word(model, field, privacy)
        if word and word not in held.setdefault(kept, []):
            held[kept].append(word)
    terms = [kept for kept in Kept if held.get(kept)]
    return Entry(
        kind, tuple((kept_for(one, stek), tuple(held[one])) for one in terms), tuple(terms)
    )


def _word(model: str, field: str, privacy: Privacy) -> str:
    """The word for a visitor; of a row without words only what is personal is named."""
    if model in WORDS and field in WORDS[model]:
        return str(WORDS[model][field])
    if privacy is not Privacy.PERSONAL:
        return ""
    return str(apps.get_model(model)._meta.get_field(field).verbose_name)


@dataclass(frozen=True)
class Told:
    """One kind of data on the public page, in one language."""

    title: str
    why: str
    kept: tuple[str, ...]


def statement(stek: Stek, language: str) -> tuple[Told, ...]:
    """What a visitor reads: what we keep of visitors, why, and for how long."""
    return tuple(
        Told(
            title=one.kind.title.in_language(language),
            why=one.kind.why.in_language(language),
            kept=tuple(_personal_terms(one, stek, language)),
        )
        for one in entries(stek)
        if one.kind.whose == KINDS[0].whose
    )


def _personal_terms(entry: Entry, stek: Stek, language: str) -> Iterable[str]:
    """As the classification names them; what has no name for a visitor is not about visitors."""
    colon = " : " if language == "fr" else ": "
    for kept in entry.terms:
        if kept in WHAT:
            what = WHAT[kept].in_language(language)
            yield f"{what}{colon}{kept_for(kept, stek).in_language(language)}"
