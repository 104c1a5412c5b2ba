from vbc.core.models.audit import AuditContent, AuditEntry, AuditHead, PersonSalt
from vbc.core.models.base import AppendOnly, Belongs, Contribution, PublicId, Versioned
from vbc.core.models.jobs import Job
from vbc.core.models.notifications import Notification
from vbc.core.models.sendings import Sending
from vbc.core.models.uploads import Upload

__all__ = [
    "AppendOnly",
    "AuditContent",
    "AuditEntry",
    "AuditHead",
    "Belongs",
    "Contribution",
    "Job",
    "Notification",
    "PersonSalt",
    "PublicId",
    "Sending",
    "Upload",
    "Versioned",
]
