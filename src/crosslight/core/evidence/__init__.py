"""What makes the record checkable by a stranger: digests, proofs, checkpoints, verification.

Everything here works on bytes that are handed in, so an auditor can run it without a server, a
database or a network.
"""
