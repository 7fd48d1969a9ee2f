"""Sheets as a plan: headings, rows and cells, and what is doubtful about them."""
