"""The criteria library, parameters and the calendar."""
