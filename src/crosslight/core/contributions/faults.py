from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class FormatFault:
    """One failed rule of form: `field` is a path such as `observations.2.basis`.

    `found` is what of the field's text the rule speaks of, where it speaks of a part.
    """

    code: str
    field: str
    message: str
    remedy: str
    found: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


class ContentFaults(ValueError):
    """The values cannot be read as a content; `faults` names each of them."""

    def __init__(self, faults: tuple[FormatFault, ...]) -> None:
        self.faults = faults
        super().__init__(", ".join(f"{fault.field} ({fault.code})" for fault in faults))
