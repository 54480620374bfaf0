"""Addresses of what the server answers besides Streamlit."""

import streamlit as st

ASSETS = "/assets"
SWEEPS = "/sweeps"


def address(path: str) -> str:
    """The path as a browser must ask for it, under ``server.baseUrlPath``."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path
