"""Random sequences of what people do, against plain models."""
