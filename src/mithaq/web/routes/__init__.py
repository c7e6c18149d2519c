"""The pages, one module a part of the reading room; a new one goes into the table."""

from mithaq.web.routes import home, reports, search, speakers

ROUTERS = (
    home.router,
    search.router,
    speakers.router,
    reports.router,
)
"""In the order in which addresses are matched."""
