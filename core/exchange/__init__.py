"""Files in and out: what people keep in spreadsheets, as plans and as tables.

Nothing is imported here: reading a file costs start-up time only to those who read one.
"""
