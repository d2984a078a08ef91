"""Whose rows these are, and what the pages may do with them; a literal list of every table.

`policies` makes row-level security of it. `tests/wall/test_owned.py` fails on a model without a
place here, and `manage.py database_roles` brings a PostgreSQL database in line with it.
"""

#: Rows of one STEK, by the field that says which: the STEK itself, or the row above, which is of
#: one. To write a row between two others both must be there; the first is enough to read it, so
#: that is the one with the fewest rows.
OWNED: dict[str, str] = {
    "places.Stek": "id",
    "places.OpeningHours": "stek",
    "places.TableTurn": "hours",
    "places.ClosingDay": "stek",
    "places.ChangedDay": "stek",
    "places.TableChange": "stek",
    "places.Partner": "stek",
    "accounts.Membership": "stek",
    # Without a STEK: of nobody's place, like a sign-in that failed.
    "accounts.AuditEvent": "stek_id",
    "accounts.OutgoingMail": "stek",
    "accounts.Invitation": "stek",
    "accounts.TrustedDevice": "stek",
    "people.BudgetRule": "stek",
    "people.BudgetStep": "rule",
    "people.HouseholdImport": "stek",
    "people.ImportMapping": "stek",
    "people.Household": "stek",
    "people.Member": "household",
    "people.Referrer": "stek",
    "people.GroceryAccess": "household",
    "people.Consent": "household",
    "people.NameKey": "stek",
    "people.DuplicatePair": "stek",
    "people.Merge": "stek",
    "people.LeavingNotice": "household",
    "people.RetentionHold": "household",
    "visits.Activity": "stek",
    "visits.Opening": "stek",
    "visits.Attendance": "opening",
    "visits.Visit": "opening",
    "visits.QueueTurn": "visit",
    "visits.Message": "household",
    "visits.TableReply": "stek",
    "forms_help.Document": "stek",
    "forms_help.DocumentName": "document",
    "forms_help.Theme": "stek",
    "forms_help.Theme_documents": "theme document",
    "forms_help.Theme_partners": "theme partner",
    "forms_help.HelpType": "stek",
    "forms_help.HelpType_documents": "helptype document",
    "forms_help.HelpType_partners": "helptype partner",
    "forms_help.Question": "opening",
    "forms_help.Question_help_types": "helptype question",
    "forms_help.QuestionDraft": "opening",
    "forms_help.FollowUp": "stek",
    "forms_help.FollowUp_documents": "document followup",
    "referrals.Service": "stek",
    "referrals.Service_themes": "theme service",
    "referrals.Service_documents": "document service",
    "referrals.ServiceHours": "service",
    "referrals.Contact": "partner",
    "referrals.PartnerCheck": "partner",
    "referrals.DirectoryImport": "stek",
    "referrals.InboundLink": "stek",
    "referrals.InboundReferral": "stek",
    "referrals.Referral": "stek",
    "referrals.ReferralStep": "referral",
    "referrals.AnswerLink": "referral",
    "policy.Bundle": "stek",
    "policy.BundleStep": "bundle",
    "policy.Signal": "stek",
    "reviews.Decision": "stek",
    "reviews.WeekMail": "membership",
    "reviews.WeekReview": "stek",
    "reports.ComposedReport": "stek",
    "reports.Consumer_steks": "stek",
    "reports.Export": "stek",
    "reports.Snapshot": "stek",
}

#: Of these, rows of another STEK can be read, and why; written they are not.
READ_BY_ALL: dict[str, str] = {
    "places.Stek": "Name, address and terms of a place: the public page lists all of them.",
    "accounts.Membership": (
        "Signing in reads the roles before any STEK is known, and the account of a colleague who "
        "works elsewhere too may not be changed here."
    ),
    "accounts.TrustedDevice": (
        "A laptop is found by the hash of the secret in its browser, before anybody is signed in."
    ),
    "reports.Consumer_steks": (
        "Of which STEKs an organisation reads figures: what one takes back stays with the others."
    ),
}

#: Rows of no STEK, and why that does no harm.
SHARED: dict[str, str] = {
    "accounts.User": (
        "An account may work in several STEKs, and is looked up before anything else is known; a "
        "user name is taken once for all."
    ),
    "accounts.User_groups": "Not used: rights follow from the role.",
    "accounts.User_user_permissions": "Not used: rights follow from the role.",
    "account.EmailAddress": "Of an account, not of a STEK.",
    "account.EmailConfirmation": "Of an account, not of a STEK.",
    "accounts.Pin": "Of an account, not of a STEK; a slow hash.",
    "accounts.Seat": "Of an account at a laptop, where nobody is signed in yet; sealed.",
    "accounts.Session": "Of an account, and found by a key that only its browser holds.",
    "mfa.Authenticator": "Of an account, not of a STEK; sealed.",
    "reports.Consumer": (
        "An organisation that reads figures of several STEKs, found by the hash of its token; "
        "which STEKs stands apart, behind the wall."
    ),
    "admin.LogEntry": "Not used: the office writes our own log.",
    "auth.Group": "Not used: rights follow from the role.",
    "auth.Group_permissions": "Not used: rights follow from the role.",
    "auth.Permission": "Not used: rights follow from the role.",
    "contenttypes.ContentType": "Names of models.",
}

#: The pages read, add and change; what they do beyond that, or not even that.
DELETED_FROM = {
    "account.EmailAddress",
    "accounts.Membership",
    "accounts.Pin",
    "accounts.Session",
    "forms_help.DocumentName",
    "forms_help.FollowUp_documents",
    "forms_help.HelpType_documents",
    "forms_help.HelpType_partners",
    "forms_help.QuestionDraft",
    "forms_help.Question_help_types",
    "forms_help.Theme_documents",
    "forms_help.Theme_partners",
    "people.BudgetStep",
    "people.DuplicatePair",
    "people.GroceryAccess",
    "people.Household",
    "people.HouseholdImport",
    "people.LeavingNotice",
    "people.Member",
    "people.NameKey",
    "mfa.Authenticator",
    "places.ChangedDay",
    "places.ClosingDay",
    "places.OpeningHours",
    "places.TableChange",
    "places.TableTurn",
    "referrals.AnswerLink",
    "referrals.Contact",
    "referrals.DirectoryImport",
    "referrals.PartnerCheck",
    "referrals.ServiceHours",
    "referrals.Service_documents",
    "referrals.Service_themes",
    "reports.Consumer_steks",
    "visits.Attendance",
    "visits.Message",
    "visits.QueueTurn",
}
ONLY_ADDED_TO = {"accounts.AuditEvent"}
ONLY_READ = {"contenttypes.ContentType"}
NOT_TOUCHED = {
    "account.EmailConfirmation",
    "accounts.User_groups",
    "accounts.User_user_permissions",
    "admin.LogEntry",
    "auth.Group",
    "auth.Group_permissions",
    "auth.Permission",
}

#: What somebody without an account may hold: the field with the hash of it, and the way from there
#: to its STEKs.
KEYS: dict[str, tuple[str, str]] = {
    "accounts.Invitation": ("key_hash", "stek"),
    "referrals.AnswerLink": ("token_hash", "referral__stek"),
    "referrals.InboundLink": ("token_hash", "stek"),
    "reports.Consumer": ("token_hash", "steks"),
}
