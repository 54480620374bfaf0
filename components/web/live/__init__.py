"""The one browser component. It shows every chart, and every text that follows a slider during a drag."""
