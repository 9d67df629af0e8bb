"""The few Django-aware basics every app stands on: clock, identifiers, transactions, errors."""
