"""Partnerships, countries, organisations, units and mandates: what turns a user into an Actor."""
