"""A bare Streamlit page with a number and five charts, to open in a fresh browser."""

import plotly.graph_objects as go
import streamlit as st

st.metric("Price", "USD 113.24")
for number in range(5):
    st.plotly_chart(go.Figure(go.Scatter(y=[(day * (number + 3)) % 17 for day in range(90)])), key=f"chart{number}")
