"""Addresses of the server's answers besides Streamlit's."""

import os
from urllib.parse import urlsplit

import streamlit as st

ASSETS = "/assets"
SWEEPS = "/sweeps"
CHARTS = "/charts"
HEALTH, METRICS = "/health", "/metrics"


def address(path: str) -> str:
    """The path that a browser must request, with the prefix of ``server.baseUrlPath``."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path


def public_url() -> str:
    """Where readers find the app, from `THESIS_PUBLIC_URL`: behind a proxy, the server itself cannot know.

    Without a slash at its end; empty where it is not set, or no address of the web.
    """
    url = os.environ.get("THESIS_PUBLIC_URL", "").strip().rstrip("/")
    parts = urlsplit(url)
    return url if parts.scheme in ("http", "https") and parts.hostname and not parts.query else ""
