"""The floor of the platform: a bare Streamlit page with one slider and one chart."""

import plotly.graph_objects as go
import streamlit as st

target = st.slider("Bull target", 40.0, 360.0, 205.0, 0.5, key="bull_target")
st.plotly_chart(go.Figure(go.Bar(x=["Bear", "Base", "Bull"], y=[0.296, 0.347, target / 146.58 - 1])))
