"""The report: one HTML file, complete in itself, over the same readouts as the pages."""
