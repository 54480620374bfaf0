"""Pictures. Values in, a chart out; no Streamlit, no network."""
