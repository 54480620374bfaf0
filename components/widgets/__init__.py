"""Everything that Streamlit draws."""
