"""Who takes part, safely: people, organisations, panels, places and seats."""
