"""The pages of panels: what they are, who is invited, and each person's own seat."""
