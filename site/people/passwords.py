from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane: the first choice of OWASP's password storage cheat sheet.

    One lane because a log-in should not occupy several cores of a small server.
    """

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
