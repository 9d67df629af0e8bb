from __future__ import annotations

import json
import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crosslight.contributions.values import read_content
from crosslight.core.contributions import Content
from crosslight.core.contributions.content import FIELDS
from crosslight.core.evidence import canonical
from crosslight.foundation.errors import FieldErrors

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=80)
    | st.sampled_from(["seen", "today", "phone", "recruiter", "ILO-D1-02", "+44 7700 900123"])
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["kind", "raw", "value", "party_role", "indicator_id", "basis", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
SENT = st.dictionaries(st.sampled_from([*FIELDS, "priority", "\0", ""]), VALUES, max_size=6)


def content_or_none(sent: dict[str, object]) -> Content | None:
    """None where the faults were named; any other error fails the test."""
    try:
        return read_content(sent, stored={}, region="GB")
    except FieldErrors:
        return None


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(SENT)
def test_whatever_is_sent_becomes_a_content_or_named_faults(sent: dict[str, object]) -> None:
    content = content_or_none(sent)
    if content is None:
        return
    values = content.to_dict()
    assert Content.from_dict(values) == content
    assert canonical.encode(values)
    shown = json.loads(json.dumps(values))
    assert not any(unicodedata.category(each) == "Cs" for each in str(shown))


def test_what_is_sent_lies_over_what_is_stored() -> None:
    stored = Content(place="Norhaven", facts="Kept").to_dict()
    content = read_content({"place": " Sudport "}, stored=stored, region="GB")
    assert (content.place, content.facts) == ("Sudport", "Kept")


def test_control_characters_never_reach_a_content() -> None:
    for character in map(chr, range(32)):
        try:
            content = read_content({"facts": f"a{character}b"}, stored={}, region="GB")
        except FieldErrors:
            assert character not in "\n\r\t"
        else:
            assert content.facts in {"a\nb", "a\tb"}
