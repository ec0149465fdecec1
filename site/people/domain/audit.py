"""The log of changes: one entry a change, in the change's own transaction."""

from people.models import AuditEntry


def record(actor, action: str, subject, **details) -> AuditEntry:
    """Appends an entry. `actor` is a Person or None (the system); `details` hold ids and states, never secrets."""
    return AuditEntry.objects.create(
        actor=actor if actor is not None and actor.pk else None,
        action=action,
        subject_type=subject._meta.label,
        subject_id=str(subject.pk),
        details=details,
    )
