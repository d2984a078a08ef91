"""What each field is called for a visitor; "" for a field that only stands in the JSON.

A field of a kind of row in `LINKS` that is not here fails a test: a new field needs its word.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

#: model: {field: word}. The numbers and keys of rows say nothing to a reader on paper.
WORDS: Final[dict[str, dict[str, object]]] = {
    "people.Household": {
        "id": "", "stek": _("STEK"), "number": _("klantnummer"), "card": "", "request_id": "",
        "first_name": _("voornaam"), "last_name": _("familienaam"), "phone": _("telefoon"),
        "language": _("taal"), "adults": _("volwassenen"), "children": _("kinderen"),
        "source_import": _("ingelezen uit een lijst op"), "version": "",
        "created_at": _("ingeschreven op"), "created_by": _("ingeschreven door"),
        "erased_at": _("gewist op"), "erased_reason": _("gewist omdat"),
        "eraser": _("gewist door"), "restricted_at": _("op beperking sinds"),
        "restricted_by": _("beperkt door"), "restricted_reason": _("beperkt omdat"),
        "merged_into": "", "to_compare": "",
    },
    "people.DuplicatePair": {
        "id": "", "stek": "", "one": "", "other": _("lijkt op"), "score": _("zekerheid"),
        "reasons": "", "found_at": _("gevonden op"), "apart_at": _("niet dezelfde sinds"),
        "apart_by": _("volgens"), "apart_print": "",
    },
    "people.Merge": {
        "id": "", "stek": "", "kept": "", "gone": _("met"), "choices": "",
        "before": _("wat er stond, dertig dagen bewaard"), "moved": "", "request_id": "",
        "merged_at": _("samengevoegd op"), "merged_by": _("samengevoegd door"),
        "undone_at": _("teruggedraaid op"), "undone_by": _("teruggedraaid door"),
        "final_at": _("voorgoed sinds"),
    },
    "people.Member": {
        "id": "", "household": "", "request_id": "", "first_name": _("voornaam"),
        "last_name": _("familienaam"),
    },
    "people.NameKey": {
        "id": "", "stek": "", "household": "", "member": "", "kind": "", "key": "",
    },
    "people.GroceryAccess": {
        "id": "", "household": "", "request_id": "", "valid_from": _("vanaf"),
        "valid_until": _("tot en met"), "referrer": _("toeleider"), "budget_step": _("budget"),
        "current": "", "created_at": _("beslist op"), "created_by": _("beslist door"),
        "suspended_at": _("geschorst op"), "suspended_reason": _("geschorst omdat"),
        "suspended_by": _("geschorst door"), "ended_at": _("stopgezet op"),
        "ended_reason": _("stopgezet omdat"), "ended_by": _("stopgezet door"),
    },
    "people.Consent": {
        "id": "", "household": "", "partner": _("partner"), "how": _("hoe"),
        "tells_phone": _("telefoon mag"), "tells_language": _("taal mag"),
        "tells_theme": _("waarover het gaat mag"), "until": _("tot en met"),
        "given_at": _("gegeven op"), "given_by": _("gevraagd door"),
        "withdrawn_at": _("ingetrokken op"), "withdrawn_by": _("ingetrokken bij"),
    },
    "people.LeavingNotice": {"id": "", "household": "", "since": _("in de lijst sinds")},
    "people.RetentionHold": {
        "id": "", "household": "", "request_id": "", "reason": _("reden"),
        "until": _("tot en met"), "held_at": _("beslist op"), "held_by": _("beslist door"),
        "lifted_at": _("toch niet meer sinds"), "lifted_by": _("opgeheven door"),
    },
    "visits.Visit": {
        "id": "", "household": "", "request_id": "", "opening": _("dag"),
        "arrived_at": _("aangemeld om"), "adults": _("volwassenen"), "children": _("kinderen"),
        "first_this_year": "", "for_grocery": _("winkel"), "for_coffee": _("koffie"),
        "for_question": _("vraag"), "for_activity": _("activiteit"),
        "queue_number": _("volgnummer"), "refusal": _("de balie zei"),
        "override_reason": _("toch aangemeld omdat"), "repeated": _("tweede keer die dag"),
        "voided_at": _("geschrapt op"), "void_reason": _("geschrapt omdat"),
        "voided_by": _("geschrapt door"), "created_at": "", "created_by": _("aangemeld door"),
    },
    "visits.QueueTurn": {
        "id": "", "visit": "", "taken_at": _("aan de beurt om"), "taken_by": _("geholpen door"),
        "end": _("hoe het eindigde"), "ended_at": _("klaar om"), "ended_by": "",
    },
    "visits.Message": {
        "id": "", "household": "", "request_id": "", "text": _("bericht"),
        "created_at": _("nagelaten op"), "created_by": _("van"),
        "delivered_at": _("doorgegeven op"), "delivered_by": _("doorgegeven door"),
    },
    "forms_help.Question": {
        "id": "", "visit": "", "request_id": "", "opening": _("dag"), "is_chat": _("babbel"),
        "theme": _("thema"), "help_types": _("soort hulp"), "outcome": _("resultaat"),
        "unmet_reason": _("niet gelukt omdat"), "minutes": _("hoelang"), "note": _("korte nota"),
        "note_until": _("nota bewaard tot"), "helper_role": _("rol van wie hielp"),
        "organisation": _("organisatie"), "created_at": _("genoteerd op"), "created_by": "",
        "voided_at": _("geschrapt op"), "void_reason": _("geschrapt omdat"), "voided_by": "",
    },
    "forms_help.QuestionDraft": {
        "id": "", "opening": _("dag"), "visit": "", "fields": _("wat er staat"),
        "saved_at": _("bewaard op"), "user": _("getypt door"),
    },
    "forms_help.FollowUp": {
        "id": "", "household": "", "question": "", "stek": "", "kind": _("soort"),
        "documents": _("mee te brengen"), "what": _("wat"), "for_role": _("voor"),
        "for_user": _("voor wie"), "due": _("tegen"), "created_at": _("genoteerd op"),
        "created_by": "", "done_at": _("gedaan op"), "done_by": "",
        "dropped_at": _("losgelaten op"), "dropped_by": "",
        "drop_reason": _("losgelaten omdat"),
    },
    "referrals.Referral": {
        "id": "", "question": "", "household": "", "consent": "", "request_id": "", "stek": "",
        "partner": _("naar"), "service": _("voor"), "warmth": _("warm of koud"),
        "channel": _("hoe"), "state": _("stand"), "state_at": _("sinds"), "reason": _("reden"),
        "contacted_at": _("contact gelegd op"), "answer": _("antwoord"),
        "answered_at": _("eerste antwoord op"), "outcome_known_at": _("uitkomst bekend op"),
        "reminded_at": _("partner herinnerd op"), "silent_at": _("opbouwwerker verwittigd op"),
        "appointment_at": _("afspraak op"), "appointment_place": _("waar"),
        "ask_for": _("vragen naar"), "version": "", "created_at": _("gemaakt op"),
        "created_by": _("gemaakt door"), "voided_at": _("geschrapt op"),
        "void_reason": _("geschrapt omdat"), "voided_by": _("geschrapt door"),
    },
    "referrals.ReferralStep": {
        "id": "", "referral": "", "visit": "", "request_id": "", "what": _("wat"),
        "reason": _("reden"), "source": _("van wie"), "at": _("wanneer"), "by": _("genoteerd door"),
        "appointment_at": _("afspraak op"), "appointment_place": _("waar"),
        "ask_for": _("vragen naar"), "struck_at": _("rechtgezet op"), "struck_by": "",
    },
    "referrals.AnswerLink": {
        "id": "", "referral": "", "nonce": "", "token_hash": "", "kind": _("soort"),
        "letter_day": _("brief van"), "made_at": _("gemaakt op"), "expires_at": _("werkt tot"),
        "revoked_at": _("ingetrokken op"),
    },
    "referrals.InboundReferral": {
        "id": "", "household": "", "access": "", "request_id": "", "stek": "",
        "first_name": _("voornaam"), "last_name": _("familienaam"), "phone": _("telefoon"),
        "language": _("taal"), "initials": _("initialen"), "link": "",
        "adults": _("volwassenen"), "children": _("kinderen"),
        "valid_until": _("gevraagd tot en met"), "budget_step": _("budget"),
        "agreed": _("de persoon gaat akkoord"), "requested_at": _("gevraagd op"),
        "state": _("stand"), "refusal": _("geweigerd omdat"), "decided_at": _("beslist op"),
        "decided_by": _("beslist door"),
    },
    "policy.Signal": {
        "id": "", "question": "", "request_id": "", "stek": "", "theme": _("thema"),
        "bottleneck": _("knelpunt"), "proposal": _("voorstel"),
        "with_visitors": _("samen met bezoekers"), "phase": _("fase"), "reason": _("reden"),
        "sorted_at": "", "bundle": "", "example": _("voorbeeld"), "answer_read_at": "",
        "version": "", "noted_at": _("genoteerd op"), "noted_by": "",
        "voided_at": _("geschrapt op"), "void_reason": _("geschrapt omdat"), "sorted_by": "",
        "voided_by": "",
    },
    "accounts.AuditEvent": {
        "id": "", "at": _("wanneer"), "kind": _("bekeken of veranderd"), "verb": _("wat"),
        "actor_id": _("wie"), "stek_id": "", "subject_type": _("waarvan"), "subject_id": "",
        "fields": _("welke velden, zonder wat erin staat"), "device_id": "",
    },
    # found by their number, without a foreign key
    "accounts.OutgoingMail": {
        "id": "", "stek": "", "kind": "", "subject_id": "", "key": "", "state": _("stand"),
        "tries": "", "created_at": _("klaargezet op"), "next_try_at": "", "claimed_at": "",
        "settled_at": _("klaar op"), "error": "",
    },
    "reviews.Decision": {
        "id": "", "stek": "", "kind": _("waarover"), "subject_id": "", "about_day": _("van"),
        "what": _("wat"), "until": _("wacht tot"), "assigned_to": _("voor"),
        "decided_at": _("beslist op"), "decided_by": _("beslist door"), "current": "",
        "replaces": "", "request_id": "", "undone_at": _("ongedaan op"), "undone_by": "",
    },
    "reports.Export": {
        "id": "", "stek": "", "subject": _("wat"), "file_format": "", "first_day": _("van"),
        "last_day": _("tot en met"), "with_names": _("met namen"), "reason": _("waarvoor"),
        "reason_words": "", "state": _("stand"), "claim": "", "tries": "", "done_parts": "",
        "all_parts": "", "rows": "", "file": "", "size": "", "problem": "", "started_at": "",
        "beat_at": "", "finished_at": _("gemaakt op"), "expires_at": "", "request_id": "",
        "created_at": "", "created_by": _("gevraagd door"),
    },
}  # fmt: skip

#: What each kind of row is called above its part, in the order of the paper.
TITLES: Final[dict[str, object]] = {
    "people.Household": _("Wie je bent"),
    "people.Member": _("Wie nog voor je mag komen"),
    "people.GroceryAccess": _("Toegang tot de winkel"),
    "referrals.InboundReferral": _("Aanvraag van een toeleider"),
    "visits.Visit": _("Bezoeken"),
    "visits.QueueTurn": _("Beurten in de rij"),
    "visits.Message": _("Berichten voor jou"),
    "forms_help.Question": _("Vragen bij Koffie & Formulieren"),
    "forms_help.QuestionDraft": _("Vragen die half ingevuld zijn"),
    "forms_help.FollowUp": _("Wat nog te doen was"),
    "people.Consent": _("Toestemming voor partners"),
    "referrals.Referral": _("Doorverwijzingen"),
    "referrals.ReferralStep": _("Stappen van doorverwijzingen"),
    "referrals.AnswerLink": _("Links en brieven voor partners"),
    "accounts.OutgoingMail": _("Mails aan partners over een doorverwijzing"),
    "policy.Signal": _("Signalen die uit je vraag kwamen"),
    "reviews.Decision": _("Wat we in de week beslisten"),
    "people.RetentionHold": _("Langer bewaard"),
    "people.LeavingNotice": _("Gaat uit de boeken"),
    "reports.Export": _("Bestanden waarin je kan staan"),
    "people.Merge": _("Samengevoegd met een tweede inschrijving"),
    "people.DuplicatePair": _("Misschien twee keer ingeschreven"),
    "people.NameKey": _("Sleutels waarmee de balie je vindt"),
}
