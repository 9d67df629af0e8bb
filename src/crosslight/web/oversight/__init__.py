"""Screens of auditors and data-protection officers."""
