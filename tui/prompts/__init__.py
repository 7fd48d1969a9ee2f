"""Questions to the member: each returns a value and saves nothing."""
