"""The floor of the house: the nouns, and everything that is kept. Knows nobody above."""
