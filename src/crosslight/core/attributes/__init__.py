"""What gets matched, one module each: how it is written, keyed, compared and explained.

`form` normalises a written value into a short text, or gives None; `key` is exact, `variants` are
looser and bring together what may be the same; `level` says how two forms agree, and `SENTENCES`
says each level in words, the strongest first. `normalise` and `display` are for screens.
"""

from __future__ import annotations
