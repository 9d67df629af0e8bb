"""The rules of the field: no framework, database, network, clock or chance is known here."""
