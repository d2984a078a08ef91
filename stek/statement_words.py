"""The sentences of the public privacy statement, in the languages in which it is written.

Which kinds of data there are, and how long each is kept, comes from `stek.register`.
"""

from typing import NamedTuple


class Words(NamedTuple):
    title: str
    intro: str
    what: str
    never: str
    who: str
    who_text: str
    machine: str
    rights: str
    rights_list: tuple[str, ...]
    ask: str
    complain: str
    back: str


WORDS: dict[str, Words] = {
    "nl": Words(
        title="Wat bewaren we over jou?",
        intro="Je kan altijd langskomen zonder je naam te geven. Dan tellen we alleen hoeveel "
        "mensen er komen. Ben je klant van de winkel, dan bewaren we dit.",
        what="Wat, waarom en hoelang",
        never="Wat we nooit vragen",
        who="Wie ziet het?",
        who_text="Alleen wie het nodig heeft om je te helpen. Een vrijwilliger aan de balie ziet "
        "je naam en of je mag winkelen. Een andere dienst ziet alleen iets als jij het goedvindt. "
        "We verkopen niets en sturen niets naar landen buiten Europa.",
        machine="Elke keer dat iemand naar je gegevens kijkt, schrijven we dat op. Geen computer "
        "beslist over jou: dat doet altijd een mens.",
        rights="Wat kan je vragen?",
        rights_list=(
            "alles zien wat we over je bewaren, en wie ernaar keek, op papier",
            "iets laten verbeteren dat niet klopt",
            "alles laten wissen",
            "vragen dat we het bewaren maar niet meer gebruiken",
            "je toestemming voor een dienst intrekken",
        ),
        ask="Vraag het aan een vrijwilliger of mail ons. Het kost niets en je krijgt antwoord "
        "binnen een maand.",
        complain="Niet tevreden? Je kan klacht indienen bij de Gegevensbeschermingsautoriteit, "
        "Drukpersstraat 35, 1000 Brussel.",
        back="Terug naar de openingsuren",
    ),
    "fr": Words(
        title="Que gardons-nous à votre sujet ?",
        intro="Vous pouvez toujours venir sans donner votre nom. Nous comptons alors seulement "
        "combien de personnes viennent. Si vous êtes client de l'épicerie, nous gardons ceci.",
        what="Quoi, pourquoi et combien de temps",
        never="Ce que nous ne demandons jamais",
        who="Qui le voit ?",
        who_text="Seulement ceux qui en ont besoin pour vous aider. Un bénévole à l'accueil voit "
        "votre nom et si vous pouvez faire vos courses. Un autre service ne voit quelque chose "
        "que si vous êtes d'accord. Nous ne vendons rien et n'envoyons rien hors d'Europe.",
        machine="Chaque fois que quelqu'un consulte vos données, nous le notons. Aucun ordinateur "
        "ne décide pour vous : c'est toujours une personne.",
        rights="Que pouvez-vous demander ?",
        rights_list=(
            "voir tout ce que nous gardons sur vous, et qui l'a consulté, sur papier",
            "faire corriger ce qui n'est pas juste",
            "faire tout effacer",
            "demander que nous le gardions sans plus l'utiliser",
            "retirer votre accord pour un service",
        ),
        ask="Demandez-le à un bénévole ou écrivez-nous. C'est gratuit et vous recevez une réponse "
        "dans le mois.",
        complain="Pas satisfait ? Vous pouvez porter plainte auprès de l'Autorité de protection "
        "des données, rue de la Presse 35, 1000 Bruxelles.",
        back="Retour aux heures d'ouverture",
    ),
    "en": Words(
        title="What do we keep about you?",
        intro="You can always come without giving your name. Then we only count how many people "
        "come. If you are a customer of the grocery, we keep this.",
        what="What, why and for how long",
        never="What we never ask",
        who="Who sees it?",
        who_text="Only who needs it to help you. A volunteer at the counter sees your name and "
        "whether you may shop. Another service sees something only if you agree. We sell nothing "
        "and send nothing outside Europe.",
        machine="Each time somebody looks at your data, we write that down. No computer decides "
        "about you: a person always does.",
        rights="What can you ask for?",
        rights_list=(
            "see everything that we keep about you, and who looked at it, on paper",
            "have something put right that is wrong",
            "have everything erased",
            "ask that we keep it and no longer use it",
            "withdraw your consent for a service",
        ),
        ask="Ask a volunteer or mail us. It costs nothing and you get an answer within a month.",
        complain="Not satisfied? You can complain to the Data Protection Authority, "
        "Drukpersstraat 35, 1000 Brussels.",
        back="Back to the opening hours",
    ),
}
