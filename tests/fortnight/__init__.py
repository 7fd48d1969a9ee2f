"""Two departments, two weeks, one holiday: what duban alerts to, hour by hour."""
