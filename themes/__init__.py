"""The colours of duban: one TOML file a theme."""
