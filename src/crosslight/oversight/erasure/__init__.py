"""Erasing and restricting on a data-protection decision: what goes, who is told, what is kept."""
