"""What partners offer, who was referred to them and what came of it, and who refers to us."""

from referrals.models.directory import Contact, PartnerCheck, Service, ServiceHours
from referrals.models.directory_import import DirectoryImport
from referrals.models.inbound import InboundLink, InboundReferral
from referrals.models.link import AnswerLink
from referrals.models.referral import Referral, ReferralStep

__all__ = [
    "AnswerLink",
    "Contact",
    "DirectoryImport",
    "InboundLink",
    "InboundReferral",
    "PartnerCheck",
    "Referral",
    "ReferralStep",
    "Service",
    "ServiceHours",
]
