"""Door pages of hazards."""
