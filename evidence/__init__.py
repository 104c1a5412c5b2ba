"""What is known: areas, indicators, observations, references, the needs assessment."""
