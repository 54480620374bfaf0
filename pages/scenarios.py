"""What if, side by side: saved scenarios beside the article's own case, and what the reader takes along."""

from components.widgets import scenarios

scenarios.page()
