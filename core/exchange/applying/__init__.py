"""Plans held against the store, and carried out as commands."""
