"""The door of a practice world: persona cards and the checklist. In demo mode only."""
