"""The inputs of each page, built from what is known about a thesis. A figure that is not known has no input."""
