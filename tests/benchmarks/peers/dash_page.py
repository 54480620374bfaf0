"""The honest rival: Dash with the same slider and chart and a callback that runs in the browser."""

import sys

import plotly.graph_objects as go
from dash import Dash, Input, Output, State, dcc, html

app = Dash(__name__)
figure = go.Figure(go.Bar(x=["Bear", "Base", "Bull"], y=[0.296, 0.347, 205 / 146.58 - 1]))
app.layout = html.Div(
    [
        dcc.Slider(40, 360, 0.5, value=205, id="bull", marks=None, updatemode="drag"),
        dcc.Graph(id="chart", figure=figure),
    ]
)
app.clientside_callback(
    """(target, figure) => {
        const next = {...figure, data: [{...figure.data[0], y: [0.296, 0.347, target / 146.58 - 1]}]};
        return next;
    }""",
    Output("chart", "figure"),
    Input("bull", "value"),
    State("chart", "figure"),
)

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
