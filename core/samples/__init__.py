"""Sample data that ships with duban."""
