"""The tests of duban, and the fixtures that they share."""
