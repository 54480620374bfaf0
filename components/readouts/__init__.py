"""Text: the sentences, figures and tables of the pages. Values in, slots and blocks out."""
