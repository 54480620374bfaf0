"""What the browser receives besides Streamlit: the component that draws, and the server's additional answers."""
