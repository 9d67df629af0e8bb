"""Screens of contributors: what they send, and what they hear back about it."""
