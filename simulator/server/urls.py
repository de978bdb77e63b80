"""The run server's REST addresses."""

from __future__ import annotations

from django.urls import path

from simulator.server.api import (
    DesignFaultsView,
    DesignRunsView,
    RunCancelView,
    RunRestartView,
    RunView,
    RunWindowsView,
)
from simulator.server.experiment_api import DesignExperimentsView, ExperimentCancelView, ExperimentView
from simulator.server.price_api import WorkspacePricesView

urlpatterns = [
    path("api/designs/<uuid:design_id>/runs/", DesignRunsView.as_view(), name="design-runs"),
    path("api/designs/<uuid:design_id>/faults/", DesignFaultsView.as_view(), name="design-faults"),
    path("api/runs/<uuid:run_id>/", RunView.as_view(), name="run"),
    path("api/runs/<uuid:run_id>/windows/", RunWindowsView.as_view(), name="run-windows"),
    path("api/runs/<uuid:run_id>/cancel/", RunCancelView.as_view(), name="run-cancel"),
    path("api/runs/<uuid:run_id>/restart/", RunRestartView.as_view(), name="run-restart"),
    path("api/designs/<uuid:design_id>/experiments/", DesignExperimentsView.as_view(), name="design-experiments"),
    path("api/experiments/<uuid:experiment_id>/", ExperimentView.as_view(), name="experiment"),
    path("api/experiments/<uuid:experiment_id>/cancel/", ExperimentCancelView.as_view(), name="experiment-cancel"),
    path("api/workspaces/<uuid:workspace_id>/prices/", WorkspacePricesView.as_view(), name="workspace-prices"),
]
