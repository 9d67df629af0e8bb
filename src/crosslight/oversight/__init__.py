"""What auditors and data-protection officers may see and check; never the content of a record."""
