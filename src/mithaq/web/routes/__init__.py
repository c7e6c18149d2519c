"""The pages, one module a part of the reading room; a new one goes into the table."""

from mithaq.web.routes import agreement, api, downloads, home, lists, network, reports, search, speakers

ROUTERS = (
    home.router,
    downloads.router,
    search.router,
    speakers.router,
    reports.router,
    lists.router,
    agreement.router,
    network.router,
    api.router,
)
"""In the order in which addresses are matched."""
