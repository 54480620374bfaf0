"""The server's answers besides Streamlit's: each page's first document, browser code, and sweeps."""
