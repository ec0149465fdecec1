"""Tries at the door, counted before the password is looked at, so that many at once do not slip through."""

from dataclasses import dataclass

from allauth.core.internal import ratelimit

from shared import counting

_APP = "allauth.account"
FAILURES = "login_failed"  # taken back when the try was a success
ALL = "sign_in"  # successes count as well
_LIMITS = (FAILURES, ALL)  # names in ACCOUNT_RATE_LIMITS


@dataclass(frozen=True)
class Tries:
    """What a try was counted as."""

    failures: list[str]

    def rollback(self) -> None:
        """It was no failure. Named as allauth, which calls it, names it."""
        if self.failures:
            counting.take_back(self.failures)


def count(request, account: str) -> Tries | None:
    """Counts a try at `account` under every limit of ACCOUNT_RATE_LIMITS; None if one of them was reached before.

    A limit counts from the first try on and begins anew when its time has passed; what is refused is not counted.
    """
    rates, failures = {}, []
    for action in _LIMITS:
        for rate in ratelimit.get_rates(app=_APP, action=action):
            name = ratelimit.get_cache_key(request, app=_APP, action=action, rate=rate, key=account)
            rates[name] = rate
            failures += [name] if action == FAILURES else []
    if not rates:
        return Tries([])
    counted = counting.count({name: rate.duration for name, rate in rates.items()})
    if any(counted[name] > rate.amount for name, rate in rates.items()):
        counting.take_back(rates)
        return None
    return Tries(failures)
