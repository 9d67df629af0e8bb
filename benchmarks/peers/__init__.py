"""Peers run by .venv-bench's Python: these modules import nothing of ours but each other.

Each takes one JSON job as its argument, writes left, right and score to the job's `out`, and
prints the seconds of its stages as JSON on its last line.
"""
