from .audit import AuditEntry
from .person import Person
from .posting import Posting
from .role_grant import RoleGrant
from .unit import Unit, UnitClosure, UnitPlacement

__all__ = ["AuditEntry", "Person", "Posting", "RoleGrant", "Unit", "UnitClosure", "UnitPlacement"]
