"""The test of an article's claims, as published and today."""
