"""The third door: commands are nouns, then verbs. Each loads only what it needs."""
