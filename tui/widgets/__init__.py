"""What draws: values in as attributes, messages out; no widget knows session or store."""
