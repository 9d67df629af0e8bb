"""Composition root: environment, settings, URL tables, WSGI."""
