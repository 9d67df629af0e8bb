"""The closed lists of the field. Each member has a text for people in LABELS beside it (J10)."""
