from __future__ import annotations

import pytest

from crosslight.core.vocabulary.contributions import Timing
from crosslight.foundation.codes import read_code
from crosslight.foundation.errors import FieldErrors


def test_a_code_of_the_list_is_its_member() -> None:
    assert read_code(Timing, "today", field="timing") is Timing.TODAY


@pytest.mark.parametrize("value", ["TODAY", "", None, 3, ["today"], {"today": 1}])
def test_anything_else_is_named_as_a_fault_of_the_field(value: object) -> None:
    with pytest.raises(FieldErrors) as caught:
        read_code(Timing, value, field="timing")
    assert [(each.code, each.field) for each in caught.value.errors] == [("I-034", "timing")]
