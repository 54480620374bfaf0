"""What is known: the article, the filings, the market. Imports nothing from `components`."""
