"""Files and evidence packages: from the first byte through quarantine to custody under seal."""
