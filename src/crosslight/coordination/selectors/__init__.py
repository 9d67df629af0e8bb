"""Reads of coordination. What a side sees at each state is built in `views`, and only there."""
