"""The result behind each page, computed without Streamlit. Pages, first documents, sweeps and exports share it."""
