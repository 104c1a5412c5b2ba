"""Reads that span every app: what waits for a person, the demonstration's mail, good health."""
