"""The evidence package, `.osint.zip`: a strict BagIt 1.0 bag in a ZIP that only stores.

Layout and reasons: docs/reference/package-format.md and ADR 10. Everything works on an open file
that is handed in; nothing is ever extracted.
"""
