"""Screens of investigation units: investigations, entities, matches, decisions."""
