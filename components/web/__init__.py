"""What the browser gets: the component that draws, and what the server answers besides Streamlit."""
