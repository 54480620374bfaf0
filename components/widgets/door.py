"""The door of a page: where readers have to log in, those who have not see a button and nothing else."""

import streamlit as st

from components.web.served import login


def pass_through() -> None:
    """Goes on where the reader may read; otherwise says how to get in, and stops the page."""
    if not login.is_on():
        return
    if login.problem():
        st.title("Thesis dashboard")
        st.write("This dashboard is closed: its login is not set up. Whoever runs it finds the reason at /health.")
        st.stop()
    user = st.user
    if not user.is_logged_in:
        st.title("Thesis dashboard")
        st.write("This dashboard is for readers who log in.")
        st.button("Log in", type="primary", on_click=st.login)
        st.stop()
    if not login.may_read(user.to_dict()):
        st.title("Thesis dashboard")
        st.write(
            "You are logged in, and this dashboard is not open to you: your address is not on its list of readers, or "
            "your provider does not call it verified. Ask whoever runs it."
        )
        st.button("Log out", on_click=st.logout)
        st.stop()


def owner() -> str:
    """Whose scenarios and notes these are: the person's, where there is a login; else the installation's."""
    return str(st.user.get("email") or "").lower() if login.is_configured() else ""


def leave() -> None:
    """The way out, in the menu of each page; nothing where nobody logs in."""
    if login.is_configured():
        st.button("Log out", on_click=st.logout, key="log-out")
