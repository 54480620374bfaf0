"""The honest rival: Dash with the upside page's sliders and charts, and a callback that runs in the browser.

The sum is written in JavaScript here, as a Dash page would have it; the figures are those of this dashboard, so that
the browser draws the same.
"""

import json
import sys

import plotly.graph_objects as go
from dash import Dash, Input, Output, State, dcc, html

from components.answers.address import asked_at, data_version
from components.answers.upside import answer, sliders
from components.charts.chart import TEMPLATES, Chart
from components.scenario.types import NumberInput
from tests.marked import marked

asked = asked_at({}, data_version())
scenario, page = asked.scenario, answer(asked)
shown = {"upside": page.cases_chart(), "paths": page.paths_chart(), "grid": page.grid_chart()}
assert shown["grid"] is not None


def figure(chart: Chart) -> go.Figure:
    """The chart as it stands at first."""
    places = ((patch.path, patch.value) for patch in page.patches if patch.chart == chart.id)
    return go.Figure(marked(json.loads(chart.written), places)).update_layout(
        template=TEMPLATES["light"], height=chart.height
    )


def slider(key: str) -> html.Div:
    each = scenario.inputs[key]
    assert isinstance(each, NumberInput)
    handle = dcc.Slider(each.low, each.high, each.step, value=each.default, id=key, marks=None, updatemode="drag")
    return html.Div([html.Label(each.label), handle])


app = Dash(__name__)
app.layout = html.Div(
    [
        html.H2(id="said"),
        html.Div(
            [
                html.Div([slider(key) for key in sliders(scenario)], style={"width": "38%"}),
                html.Div(
                    [dcc.Graph(id=name, figure=figure(chart)) for name, chart in shown.items()], style={"flex": 1}
                ),
            ],
            style={"display": "flex", "gap": "2rem"},
        ),
    ]
)
app.clientside_callback(
    """(bear, base, bull, months, dividend, eps, cases, paths, grid) => {
        const [price, day] = [PRICE, new Date("DAY")];
        const targets = [bear, base, bull];
        const returns = targets.map(target => target / price - 1);
        const totals = targets.map(target => (target + dividend * months / 12) / price - 1);
        const end = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, day.getUTCDate()));
        const percent = value => `${value < 0 ? "−" : "+"}${Math.abs(value * 100).toFixed(1)}%`;
        const mean = ([low, middle, high]) => low / 4 + middle / 2 + high / 4;
        const four = values => [...values, mean(values)];
        const change = (trace, values) => ({ ...trace, ...values });
        const ends = (trace, target) => change(trace, {
            x: [trace.x[0], end.toISOString().slice(0, 10)],
            y: [trace.y[0], target],
            text: ["", ` ${target.toFixed(2)}`],
        });
        const upward = [bull, base, bear];
        const holding = (figure, data) => ({ ...figure, data });
        return [
            `To ${base.toFixed(2)} the share returns ${percent(totals[1])} over ${months} months.`,
            holding(cases, [
                change(cases.data[0], { x: targets.map(target => target - price) }),
                change(cases.data[1], { base: targets, x: targets.map(() => dividend * months / 12) }),
                change(cases.data[2], { x: [price, mean(targets)] }),
                change(cases.data[3], { x: four(targets), text: four(targets).map(each => `   ${each.toFixed(2)}`) }),
                change(cases.data[4], { text: four(returns).map(percent) }),
                change(cases.data[5], { text: four(totals).map(each => `<b>${percent(each)}</b>`) }),
            ]),
            holding(paths, paths.data.map((trace, i) => i === 0 ? trace : ends(trace, upward[i - 1]))),
            holding(grid, grid.data.map((trace, i) => i === 0 ? trace
                : change(trace, { x: [eps], y: [upward[i - 1] / eps] }))),
        ];
    }""".replace("PRICE", str(page.start.value)).replace("DAY", page.start.as_of.isoformat()),
    [Output("said", "children"), *(Output(name, "figure") for name in shown)],
    [
        Input(key, "value")
        for key in ("bear_target", "base_target", "bull_target", "months", "dividend", "eps_trailing")
    ],
    [State(name, "figure") for name in shown],
)

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
