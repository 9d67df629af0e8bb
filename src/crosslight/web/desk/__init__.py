"""Screens of the authority's desk: triage, validation, priority, dissemination, feedback."""
