"""The second door: `/api/v1` for machine reporters and units. Bearer keys only, never cookies."""
