"""The designer's addresses."""

from __future__ import annotations

from django.urls import path

from designer.server import pages
from designer.server.api import designs, events, facts, help_pages, imports, members, session, workflows

urlpatterns = [
    path("sign-in/", pages.SignInView.as_view(), name="sign-in"),
    path("sign-in/<str:token>", pages.sign_in_with_token, name="sign-in-with-token"),
    path("sign-in/<str:token>/", pages.sign_in_with_token),
    path("sign-out/", pages.SignOutView.as_view(), name="sign-out"),
    path("join/<str:token>/", pages.JoinView.as_view(), name="join"),
    path("api/session/", session.SessionView.as_view(), name="session"),
    path("api/catalog/", session.CatalogView.as_view(), name="catalog"),
    path("api/help/", help_pages.HelpContentsView.as_view(), name="help"),
    path("api/help/<str:topic>/<str:page_id>/", help_pages.HelpPageView.as_view(), name="help-page"),
    path("api/workflows/check/", workflows.DefinitionCheckView.as_view(), name="definition-check"),
    path("api/workflows/starters/", workflows.StarterDefinitionsView.as_view(), name="definition-starters"),
    path("api/import/", imports.ImportView.as_view(), name="import"),
    path("api/events/samples/", events.SampleEventsView.as_view(), name="event-samples"),
    path("api/events/pattern/", events.PatternTrialView.as_view(), name="pattern-trial"),
    path("api/events/schedule/", events.ScheduleTrialView.as_view(), name="schedule-trial"),
    path("api/designs/", designs.DesignListView.as_view(), name="designs"),
    path("api/designs/<uuid:design_id>/", designs.DesignView.as_view(), name="design"),
    path("api/designs/<uuid:design_id>/document/", designs.DocumentView.as_view(), name="design-document"),
    path("api/designs/<uuid:design_id>/operations/", designs.OperationsView.as_view(), name="design-operations"),
    path("api/designs/<uuid:design_id>/findings/", designs.FindingsView.as_view(), name="design-findings"),
    path("api/designs/<uuid:design_id>/facts/", facts.FactsView.as_view(), name="design-facts"),
    path(
        "api/designs/<uuid:design_id>/export/<str:export_format>/", designs.ExportView.as_view(), name="design-export"
    ),
    path("api/workspaces/<uuid:workspace_id>/members/", members.MemberListView.as_view(), name="members"),
    path("api/workspaces/<uuid:workspace_id>/members/<int:member_id>/", members.MemberView.as_view(), name="member"),
    path("api/workspaces/<uuid:workspace_id>/invitations/", members.InvitationListView.as_view(), name="invitations"),
    path(
        "api/workspaces/<uuid:workspace_id>/invitations/<uuid:invitation_id>/",
        members.InvitationView.as_view(),
        name="invitation",
    ),
]
