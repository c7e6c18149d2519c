"""The pages, one module a part of the reading room; a new one goes into the table."""

from mithaq.web.routes import add, home, judging, login, reports, review, search, speakers

ROUTERS = (
    home.router,
    search.router,
    speakers.router,
    reports.router,
    login.router,
    add.router,
    judging.router,
    review.router,
)
"""In the order in which addresses are matched."""
