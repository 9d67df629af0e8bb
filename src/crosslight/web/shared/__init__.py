"""What every screen stands on: access, pages of errors, forms, components, signing in."""
