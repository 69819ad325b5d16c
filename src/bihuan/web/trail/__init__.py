"""Door pages of the trail: what happened to any object, and the audit."""
