"""What two verdicts make of a match (procedures A.3: C3, C3u, C4)."""

from __future__ import annotations

from crosslight.core.lifecycle.match import MatchVerb
from crosslight.core.vocabulary.coordination import Verdict


def move_of(one: Verdict, other: Verdict) -> MatchVerb:
    """Only two equal and certain answers settle it; everything else goes to the national points."""
    if one is other is Verdict.SAME:
        return MatchVerb.BOTH_SAME
    if one is other is Verdict.NOT_SAME:
        return MatchVerb.BOTH_NOT_SAME
    return MatchVerb.ANSWERS_DIFFER
