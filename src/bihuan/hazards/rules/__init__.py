"""What the loop allows: states, steps, deadlines, levels, listing; plain Python, values in, answer out."""
