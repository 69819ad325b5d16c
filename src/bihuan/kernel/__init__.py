"""Plain words that every room shares: pure values and functions, no Django."""
