"""Door pages for a phone in the field: report, hand in proof, re-inspect."""
