"""How each kind of row leads to a household: declared here, and held by tests/test_house_models.py.

Erasing, "alles over dit huishouden", the register and the breach page all start from this list.
"""

from stek.privacy import FIELDS

#: model: the way to its household, as a lookup.
LINKS: dict[str, str] = {
    "people.Household": "pk",
    "people.Member": "household",
    "people.NameKey": "household",
    "people.GroceryAccess": "household",
    "people.Consent": "household",
    "people.DuplicatePair": "one",
    "people.Merge": "kept",
    "people.LeavingNotice": "household",
    "people.RetentionHold": "household",
    "visits.Visit": "household",
    "visits.QueueTurn": "visit__household",
    "visits.Message": "household",
    "forms_help.Question": "visit__household",
    "forms_help.QuestionDraft": "visit__household",
    "forms_help.FollowUp": "household",
    "referrals.Referral": "household",
    "referrals.ReferralStep": "referral__household",
    "referrals.AnswerLink": "referral__household",
    "referrals.InboundReferral": "household",
    "policy.Signal": "question__visit__household",
}
#: The other way of a row that is about two households; without a name of the other in it.
SECOND_WAYS: dict[str, str] = {"people.DuplicatePair": "other"}
#: Tables that only join two others: they are a list in the row that they belong to.
JOINS: dict[str, str] = {
    "forms_help.Question_help_types": "forms_help.Question",
    "forms_help.FollowUp_documents": "forms_help.FollowUp",
}
#: Without a foreign key, by the number of the row: found in `stek.everything.pointers`.
POINTERS = frozenset({
    "accounts.AuditEvent", "accounts.OutgoingMail", "reviews.Decision", "reports.Export",
})  # fmt: skip
#: What is left out of the files for the visitor, and why.
LEFT_OUT: dict[str, str] = {
    "referrals.AnswerLink.nonce": "with it a link to the answer page could be made again",
    "referrals.AnswerLink.token_hash": "the key of a partner, not of the visitor",
    "people.Household.card": "whoever holds the paper could print the card",
    "reports.Export.reason_words": "a colleague may have written of others",
    "reports.Export.file": "the name of a file on the server",
}


def fields_of(model: str) -> list[str]:
    """Every field of a kind of row, as it stands in the classification."""
    return [name.rsplit(".", 1)[1] for name in FIELDS if name.rsplit(".", 1)[0] == model]
