"""Web captures inside packages: WACZ and WARC, judged by readers of ours that believe nothing.

Nothing is extracted, unpacked to disk, decoded or repaired, and no value of a header is kept. What
is found is said in codes and numbers; why, and what the libraries at hand accept: ADR 14.
"""
