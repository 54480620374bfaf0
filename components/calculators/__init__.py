"""Arithmetic on plain values and frozen records, without Streamlit, network or charts."""
