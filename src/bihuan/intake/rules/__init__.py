"""How a superior's list is read: pure functions over the values of cells (R3.31–R3.35)."""
