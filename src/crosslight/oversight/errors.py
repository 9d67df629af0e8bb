from __future__ import annotations

from crosslight.foundation.errors import InputError


class NothingToDraw(InputError):
    code = "L-411"
    what = "The ledger holds no consultation and no disclosure yet."
    safe = "No sample was drawn."
    remedy = "Come back after the first day of work."
