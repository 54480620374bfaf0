"""The one browser component: every chart, and every readout that follows a slider's handle."""
