"""Writes of coordination, one module for each part of the procedure."""
