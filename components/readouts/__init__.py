"""Words: sentences, figures and tables that a page shows. Values in, slots and blocks out."""
