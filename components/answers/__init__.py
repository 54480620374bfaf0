"""What each page works out, without Streamlit: asked alike by page, first document, sweep, export and command line."""
