"""From an article's text to proposed claims: by rules, offline."""
