"""Banks: made, changed, moved within their tree, shared with other units, deleted while empty."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from people.domain import audit
from quizzes.models import Bank, BankShare
from shared.errors import DomainError

DEEPEST = 8
"""Banks within banks; also keeps `Bank.path` within its column."""


@transaction.atomic
def save_bank(bank: Bank, *, actor) -> Bank:
    """Stores a new or changed bank; below another one it lies with everything it holds.

    Raises DomainError if it would lie within itself or too deep.
    """
    stored = Bank.objects.select_for_update().filter(pk=bank.pk).first() if bank.pk else None
    above = Bank.objects.select_for_update().get(pk=bank.parent_id) if bank.parent_id else None
    if above and stored and stored.path and above.path.startswith(stored.path):
        raise DomainError(_("A bank cannot lie within itself."))
    if above and above.depth + 1 >= DEEPEST:
        raise DomainError(_("Banks can lie at most %(depth)s deep.") % {"depth": DEEPEST})
    bank.save()
    _put_below(bank, above, stored)
    audit.record(actor, "bank.changed" if stored else "bank.created", bank, code=bank.code)
    return bank


@transaction.atomic
def ensure_bank(code: str, title: str, owner_unit=None) -> Bank:
    """The bank with the code; made at the top of the tree if there is none."""
    bank, is_new = Bank.objects.get_or_create(code=code, defaults={"title": title, "owner_unit": owner_unit})
    if is_new:
        _put_below(bank, None, None)
    return bank


def _put_below(bank: Bank, above: Bank | None, stored: Bank | None) -> None:
    path = f"{above.path if above else '/'}{bank.pk}/"
    if stored and stored.path and stored.path != path:
        below = Bank.objects.filter(path__startswith=stored.path)
        below.update(path=Concat(Value(path), Substr("path", len(stored.path) + 1)))
    Bank.objects.filter(pk=bank.pk).update(path=path)
    bank.path = path


@transaction.atomic
def share(bank: Bank, shares: Iterable[tuple[object, str]], *, actor) -> None:
    """Makes these (unit, right) pairs the bank's shares, in place of those before."""
    wanted = {unit.pk: right for unit, right in shares}
    known = dict(BankShare.objects.select_for_update().filter(bank=bank).values_list("unit", "right"))
    if wanted == known:
        return
    BankShare.objects.filter(bank=bank).exclude(unit__in=wanted).delete()
    for unit, right in wanted.items():
        BankShare.objects.update_or_create(bank=bank, unit_id=unit, defaults={"right": right})
    audit.record(
        actor,
        "bank.shared",
        bank,
        old={"shares": {str(unit): right for unit, right in known.items()}},
        new={"shares": {str(unit): right for unit, right in wanted.items()}},
    )


@transaction.atomic
def delete_bank(bank: Bank, *, actor) -> None:
    """Deletes a bank that holds nothing and is drawn from by no quiz. Raises ProtectedError otherwise."""
    audit.record(actor, "bank.deleted", bank, code=bank.code)
    bank.delete()
