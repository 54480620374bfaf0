"""Your article: paste a text, confirm its figures, open a dashboard on them."""

from components.widgets import own_article

own_article.page()
