"""Addresses of the server's answers besides Streamlit's."""

import streamlit as st

ASSETS = "/assets"
SWEEPS = "/sweeps"


def address(path: str) -> str:
    """The path that a browser must request, with the prefix of ``server.baseUrlPath``."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path
