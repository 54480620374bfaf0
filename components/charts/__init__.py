"""Charts: values in, a chart out, without Streamlit or network."""
