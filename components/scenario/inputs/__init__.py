"""The inputs of each page, built from what a thesis knows. A figure that is not known has no input."""
