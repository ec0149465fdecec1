from .access import ActivationCode, ActivationSheet, Dormancy, EmergencyAccount, ShortPassword
from .audit import AuditCheckpoint, AuditEntry, AuditHead, AuditLink
from .imports import ImportRow, ImportRowBefore, PeopleImport
from .person import Person
from .posting import Posting
from .privacy import DataRequest, DataRequestStep, PersonKey, SpecialDay
from .role_grant import RoleGrant
from .session import Session
from .unit import Unit, UnitAlias, UnitChange, UnitClosure, UnitName, UnitPlacement

__all__ = [
    "ActivationCode",
    "ActivationSheet",
    "AuditCheckpoint",
    "AuditEntry",
    "AuditHead",
    "AuditLink",
    "DataRequest",
    "DataRequestStep",
    "Dormancy",
    "EmergencyAccount",
    "ImportRow",
    "ImportRowBefore",
    "PeopleImport",
    "Person",
    "PersonKey",
    "Posting",
    "RoleGrant",
    "Session",
    "ShortPassword",
    "SpecialDay",
    "Unit",
    "UnitAlias",
    "UnitChange",
    "UnitClosure",
    "UnitName",
    "UnitPlacement",
]
