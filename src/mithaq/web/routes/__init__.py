"""The pages, one module a part of the reading room; a new one goes into the table."""

from mithaq.web.routes import (
    add,
    agreement,
    api,
    downloads,
    home,
    judging,
    lists,
    login,
    network,
    reports,
    review,
    search,
    speakers,
)

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
    login.router,
    add.router,
    judging.router,
    review.router,
)
"""In the order in which addresses are matched."""
