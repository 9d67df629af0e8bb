"""Pure rules of the procedure between two units."""
