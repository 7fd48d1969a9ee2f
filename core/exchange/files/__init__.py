"""Files as sheets of plain values: formats, encodings, and how much is read at most."""
