"""Door pages of statistics: the dashboard, whose every number opens its rows."""
