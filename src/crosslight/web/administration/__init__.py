"""Screens of those who run the service: organisations, units, people, mandates."""
