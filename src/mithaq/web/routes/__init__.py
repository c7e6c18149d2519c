"""The pages, one module a part of the reading room; a new one goes into the table."""

from mithaq.web.routes import home

ROUTERS = (home.router,)
"""In the order in which addresses are matched."""
