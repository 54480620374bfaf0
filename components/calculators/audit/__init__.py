"""Tests the article's claims, on what was known at publication and on what is known today."""
