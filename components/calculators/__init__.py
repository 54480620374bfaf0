"""Arithmetic. Plain values and frames in, plain values and frames out; no Streamlit, no network, no picture."""
