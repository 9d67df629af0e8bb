"""Keys of subjects, sealed columns and blind indexes. Below the ledger: it knows ids, never rows.

Each subject (a contribution, an entity, a shard of the record, a package) has a key of its own in
a database of its own. Destroying that key makes all that was sealed with it unreadable, also in
every copy of the data that is kept elsewhere.
"""
