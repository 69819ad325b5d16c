"""Returns (报表): forms, what their cells are bound to, when they are owed, how one is filled, checked and sent."""
