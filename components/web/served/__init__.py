"""What the server answers besides Streamlit: each page's first document, browser code, and sweeps."""
