"""Pages on which the safety office teaches the suggestion its own words, and sees what decisions teach it."""
