"""What every stored field says about a person, and how long it may be kept; a literal list.

Read by `stek.everything` (all about one household), the register, the statement and the breach
page. tests/test_house_models.py fails on a field that is in no list, and tests/stek/test_erasure.py
on a field with somebody's identity that `stek.erasure` leaves filled.
"""

from enum import Enum


class Privacy(Enum):
    """What a field says about somebody."""

    PERSONAL = "says who somebody is, or something about them"
    PSEUDONYMOUS = "leads to somebody through another row"
    NOT_PERSONAL = "says nothing about one person"


class Kept(Enum):
    """How long it may stay; `run_due` carries out whatever has a term.

    `tests/stek/test_retention.py` names for each term what carries it out.
    """

    IDENTITY = "identity_months"  # a term of the STEK, from the last contact; sooner when asked
    LOG = "audit_months"  # a term of the STEK
    MESSAGE = "until it is passed on, at most 30 days"
    DRAFT = "until the list is read in or cancelled, at most a day"
    NOTE = "note_days"  # a term of the STEK
    PARTNER = "as long as they are the contact of a partner"
    REFERRAL = "referral_months"  # a term of the STEK, from its end
    REQUEST = "until it is decided, at most 30 days longer"
    RESTRICTION = "until it is lifted, or the household erased"
    SESSION = "until the session ends, at most eight hours"
    INVITATION = "until it is accepted or withdrawn, else 37 days"
    MERGE = "30 days after two households became one, to undo it"
    SEAT = "until who typed it is back, at most 8 hours"
    PIN = "as long as the account and a role"
    ACCOUNT = "as long as the account, which history needs"
    FOREVER = "for ever: counts and settings"


#: model: {how long and of what kind: fields}
_FIELDS: dict[str, dict[tuple[Privacy, Kept], str]] = {
    # places: the place itself; no person, except whoever sits at the table by name
    "places.Stek": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id name slug street postcode town phone email access_months expiring_days "
            "shows_names purposes default_purposes default_purposes_anonymous "
            "identity_months note_days referral_months audit_months sends_mail mails_per_day "
            "remind_days silent_days unknown_days consent_months terms_done_on"
        ),
    },
    "places.OpeningHours": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek weekday opens_at closes_at first_day last_day"
        ),
    },
    "places.TableTurn": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id hours kind every_weeks first_day",
        (Privacy.PERSONAL, Kept.ACCOUNT): "who",
    },
    "places.ClosingDay": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id stek first_day last_day reason",
    },
    "places.ChangedDay": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek day to_day opens_at closes_at reason version"
        ),
    },
    "places.TableChange": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id stek day comes kind",
        (Privacy.PERSONAL, Kept.ACCOUNT): "who",
    },
    "places.Partner": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek name line email phone website hsds_id on_site position retired"
        ),
    },
    # accounts: colleagues, and what they did
    "accounts.User": {
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "id",
        (Privacy.PERSONAL, Kept.ACCOUNT): (
            "password last_login username first_name last_name email date_joined"
        ),
        (Privacy.NOT_PERSONAL, Kept.ACCOUNT): (
            "is_superuser is_staff is_active groups user_permissions"
        ),
    },
    "accounts.User_groups": {
        (Privacy.NOT_PERSONAL, Kept.ACCOUNT): "id user group",
    },
    "accounts.User_user_permissions": {
        (Privacy.NOT_PERSONAL, Kept.ACCOUNT): "id user permission",
    },
    "accounts.Membership": {
        (Privacy.NOT_PERSONAL, Kept.ACCOUNT): "id stek",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "user",
        (Privacy.PERSONAL, Kept.ACCOUNT): "role last_day partner",
    },
    # A browser and a machine as one word each; no address of the network, no text of the browser.
    "accounts.Session": {
        (Privacy.PSEUDONYMOUS, Kept.SESSION): "session_key user",
        (Privacy.PERSONAL, Kept.SESSION): "session_data browser machine since seen_at",
        (Privacy.NOT_PERSONAL, Kept.SESSION): "expire_date",
    },
    "accounts.Invitation": {
        (Privacy.NOT_PERSONAL, Kept.ACCOUNT): (
            "id stek role partner last_day nonce key_hash until request_id created_at "
            "accepted_at withdrawn_at"
        ),
        (Privacy.PERSONAL, Kept.INVITATION): "email",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "created_by accepted_by withdrawn_by",
    },
    "accounts.AuditEvent": {
        (Privacy.NOT_PERSONAL, Kept.LOG): "id stek_id kind verb subject_type fields",
        (Privacy.PSEUDONYMOUS, Kept.LOG): "at actor_id subject_id device_id",
    },
    "accounts.OutgoingMail": {
        (Privacy.NOT_PERSONAL, Kept.LOG): (
            "id stek kind key state tries created_at next_try_at claimed_at settled_at error"
        ),
        (Privacy.PSEUDONYMOUS, Kept.LOG): "subject_id",
    },
    "accounts.TrustedDevice": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek name secret_hash request_id created_at last_used_at revoked_at"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "created_by revoked_by",
    },
    "accounts.Pin": {
        (Privacy.PSEUDONYMOUS, Kept.PIN): "id user wrong set_at",
        (Privacy.PERSONAL, Kept.PIN): "code_hash",
    },
    "accounts.Seat": {
        (Privacy.NOT_PERSONAL, Kept.ACCOUNT): "id device",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "user wrong last_used_at",
        (Privacy.NOT_PERSONAL, Kept.SEAT): "left_at",
        (Privacy.PERSONAL, Kept.SEAT): "sealed",
    },
    # people: households: identity goes, sizes and dates stay for the counts
    "people.Referrer": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id stek name key retired",
    },
    "people.BudgetRule": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id stek period per_adult per_child active",
    },
    "people.BudgetStep": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id rule from_persons amount",
    },
    "people.HouseholdImport": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek request_id file_name state mapping counts created_at confirmed_at undone_at"
        ),
        (Privacy.PERSONAL, Kept.DRAFT): "table",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "created_by confirmed_by undone_by",
    },
    "people.ImportMapping": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id stek signature mapping",
    },
    "people.Household": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id number card merged_into request_id",
        (Privacy.PERSONAL, Kept.IDENTITY): "first_name last_name phone language",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "stek adults children source_import version to_compare created_at erased_at "
            "erased_reason"
        ),
        (Privacy.PERSONAL, Kept.RESTRICTION): "restricted_at restricted_reason",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "created_by eraser restricted_by",
    },
    "people.LeavingNotice": {
        (Privacy.PSEUDONYMOUS, Kept.IDENTITY): "id household since",
    },
    "people.RetentionHold": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id household request_id",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "reason until held_at lifted_at",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "held_by lifted_by",
    },
    "people.Member": {
        (Privacy.PSEUDONYMOUS, Kept.IDENTITY): "id household request_id",
        (Privacy.PERSONAL, Kept.IDENTITY): "first_name last_name",
    },
    "people.NameKey": {
        (Privacy.PSEUDONYMOUS, Kept.IDENTITY): "id stek household member kind",
        (Privacy.PERSONAL, Kept.IDENTITY): "key",
    },
    "people.DuplicatePair": {
        (Privacy.PSEUDONYMOUS, Kept.IDENTITY): "id one other apart_print",
        (Privacy.NOT_PERSONAL, Kept.IDENTITY): "stek score reasons found_at apart_at",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "apart_by",
    },
    "people.Merge": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id kept gone request_id",
        (Privacy.PERSONAL, Kept.MERGE): "before",
        (Privacy.PSEUDONYMOUS, Kept.MERGE): "moved",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "stek choices merged_at undone_at final_at",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "merged_by undone_by",
    },
    "people.GroceryAccess": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id household request_id",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "referrer budget_step valid_from valid_until current created_at suspended_at "
            "suspended_reason ended_at ended_reason"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "created_by suspended_by ended_by",
    },
    "people.Consent": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id household",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "partner how tells_phone tells_language tells_theme until given_at withdrawn_at"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "given_by withdrawn_by",
    },
    # visits: openings and visits: who is known by number only, through the household
    "visits.Opening": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id stek day opened_at closed_at last_queue_number",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "opened_by closed_by",
    },
    "visits.Attendance": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id opening",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "user",
        (Privacy.PERSONAL, Kept.ACCOUNT): "who",
    },
    "visits.Visit": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id household request_id",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "opening adults children first_this_year arrived_at for_grocery for_coffee "
            "for_question for_activity queue_number refusal override_reason repeated "
            "voided_at void_reason created_at"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "voided_by created_by",
    },
    "visits.QueueTurn": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id visit",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "taken_at end ended_at",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "taken_by ended_by",
    },
    "visits.TableReply": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id stek day",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "user",
        (Privacy.PERSONAL, Kept.ACCOUNT): "comes answered_at",
    },
    "visits.Activity": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek day starts_at ends_at kind title organiser is_public participants "
            "cancelled_at version request_id created_at"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "cancelled_by created_by",
    },
    "visits.Message": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id household request_id",
        (Privacy.PERSONAL, Kept.MESSAGE): "text",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "created_at delivered_at",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "created_by delivered_by",
    },
    # forms_help: what was asked, in coded words; a note and a text only for a while
    "forms_help.Document": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id stek key name position retired pictogram",
    },
    "forms_help.DocumentName": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id document language name",
    },
    "forms_help.Theme": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek key name position retired documents partners"
        ),
    },
    "forms_help.Theme_documents": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id theme document",
    },
    "forms_help.Theme_partners": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id theme partner",
    },
    "forms_help.HelpType": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek key name position retired documents partners"
        ),
    },
    "forms_help.HelpType_documents": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id helptype document",
    },
    "forms_help.HelpType_partners": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id helptype partner",
    },
    "forms_help.Question": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id visit request_id",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "opening is_chat theme help_types outcome unmet_reason minutes note_until "
            "helper_role organisation created_at voided_at void_reason"
        ),
        (Privacy.PERSONAL, Kept.NOTE): "note",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "created_by voided_by",
    },
    "forms_help.Question_help_types": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id question helptype",
    },
    "forms_help.QuestionDraft": {
        (Privacy.PSEUDONYMOUS, Kept.DRAFT): "id opening visit",
        (Privacy.PERSONAL, Kept.DRAFT): "fields",
        (Privacy.NOT_PERSONAL, Kept.DRAFT): "saved_at",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "user",
    },
    "forms_help.FollowUp": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id household question",
        (Privacy.PERSONAL, Kept.NOTE): "what",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "stek kind documents for_role due created_at done_at dropped_at drop_reason"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "for_user created_by done_by dropped_by",
    },
    "forms_help.FollowUp_documents": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id followup document",
    },
    # referrals: what partners offer; who went where, in coded words; where to be and when, a while
    "referrals.Service": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek partner hsds_id name description themes documents conditions fee area "
            "languages how_to_reach by_appointment phone email website social_map street postcode "
            "town position retired version"
        ),
    },
    "referrals.Service_themes": {(Privacy.NOT_PERSONAL, Kept.FOREVER): "id service theme"},
    "referrals.Service_documents": {(Privacy.NOT_PERSONAL, Kept.FOREVER): "id service document"},
    "referrals.ServiceHours": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id service weekday opens_at closes_at",
    },
    "referrals.Contact": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id partner hsds_id",
        (Privacy.PERSONAL, Kept.PARTNER): "name task phone email",
    },
    "referrals.PartnerCheck": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id partner checked_at",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "checked_by",
    },
    "referrals.DirectoryImport": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek request_id file_name state counts created_at confirmed_at"
        ),
        (Privacy.PERSONAL, Kept.DRAFT): "table",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "created_by confirmed_by",
    },
    "referrals.Referral": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id question household consent request_id",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "stek partner service warmth channel state state_at reason contacted_at answer "
            "answered_at outcome_known_at reminded_at silent_at version created_at voided_at "
            "void_reason"
        ),
        (Privacy.PERSONAL, Kept.REFERRAL): "appointment_at appointment_place ask_for",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "created_by voided_by",
    },
    "referrals.ReferralStep": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id referral visit request_id",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "what reason source at struck_at",
        (Privacy.PERSONAL, Kept.REFERRAL): "appointment_at appointment_place ask_for",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "by struck_by",
    },
    "referrals.AnswerLink": {
        (Privacy.PSEUDONYMOUS, Kept.REFERRAL): "id referral nonce token_hash",
        (Privacy.NOT_PERSONAL, Kept.REFERRAL): "kind letter_day made_at expires_at revoked_at",
    },
    "referrals.InboundLink": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id stek referrer token_hash created_at revoked_at",
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "created_by revoked_by",
    },
    "referrals.InboundReferral": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id household access request_id",
        (Privacy.PERSONAL, Kept.REQUEST): "first_name last_name phone language initials",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "stek link adults children valid_until budget_step agreed requested_at state refusal "
            "decided_at"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "decided_by",
    },
    # policy: what does not work, in words without anybody in them; a coordinator rewords a slip
    "policy.Signal": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id question request_id",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "stek theme bottleneck proposal with_visitors phase reason sorted_at bundle example "
            "answer_read_at version noted_at voided_at void_reason"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "sorted_by noted_by voided_by",
    },
    "reports.Export": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek subject file_format first_day last_day with_names reason reason_words state "
            "claim tries done_parts all_parts rows file size problem started_at beat_at "
            "finished_at expires_at request_id created_at"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "created_by",
    },
    "reports.Snapshot": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek kind period first last version figures shown definitions_version why "
            "request_id made_at"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "maker",
    },
    "reports.Consumer": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id name steks token_hash request_id created_at revoked_at"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "created_by revoked_by",
    },
    "reports.Consumer_steks": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): "id consumer stek",
    },
    "reports.ComposedReport": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek name tables leaves_house request_id created_at retired_at"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "created_by retired_by",
    },
    "policy.Bundle": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek theme title problem proposal phase phase_at reason recipient handed_on "
            "owner_since answer answered_on answer_at version request_id created_at voided_at "
            "void_reason"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "owner answer_by created_by voided_by",
    },
    "policy.BundleStep": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id bundle what reason recipient day at request_id struck_at"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "by struck_by",
    },
    # reviews: what was decided on a number, and the figures of a week
    "reviews.Decision": {
        (Privacy.PSEUDONYMOUS, Kept.FOREVER): "id subject_id replaces request_id",
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "stek kind about_day what until decided_at current undone_at"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "assigned_to decided_by undone_by",
    },
    "reviews.WeekReview": {
        (Privacy.NOT_PERSONAL, Kept.FOREVER): (
            "id stek week number note figures definitions reviewed_at reopened_at reopen_reason "
            "version request_id"
        ),
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "reviewed_by reopened_by",
    },
    "reviews.WeekMail": {
        (Privacy.PSEUDONYMOUS, Kept.ACCOUNT): "id membership wanted chosen_at",
    },
}

#: "people.Household.first_name": (what it says, how long it is kept)
FIELDS: dict[str, tuple[Privacy, Kept]] = {
    f"{model}.{field}": kind
    for model, groups in _FIELDS.items()
    for kind, fields in groups.items()
    for field in fields.split()
}
