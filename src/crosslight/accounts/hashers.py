from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """OWASP's argon2id setting (t=2, m=19 MiB, p=1): about 23 ms a try, so a flood stays cheap."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
