"""Pages of units, posts and responsibility."""
