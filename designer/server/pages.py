"""The few pages that the server makes itself: signing in, joining, and the frontend's own page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from designer.server.errors import forbidden
from designer.server.events import publish, user_group
from designer.server.owner import owner_with_token
from designer.server.selectors import designs_of
from designer.server.services import invitation_accept, invitation_find, person_create, token_hash
from designer.server.sign_in_limit import failed_attempt, too_many_attempts

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        max_length=150, label="User name", widget=forms.TextInput({"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        max_length=4096, widget=forms.PasswordInput({"autocomplete": "current-password"}), strip=False
    )


class JoinForm(forms.Form):
    """How a new member wants to be called; with a user name and a password they can come back without a link."""

    name = forms.CharField(max_length=150, label="Your name", widget=forms.TextInput({"autofocus": True}))
    username = forms.SlugField(
        max_length=150, required=False, label="User name", help_text="For signing in again later, with a password."
    )
    password = forms.CharField(
        max_length=4096,
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text="Leave both empty to stay signed in on this browser only.",
    )

    def clean(self) -> dict[str, Any]:
        """User name and password come together, and the user name is still free."""
        given = super().clean() or {}
        username, password = given.get("username"), given.get("password")
        if bool(username) != bool(password):
            raise ValidationError("Give both a user name and a password, or neither.")
        return given


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class SignInView(View):
    """Signing in with a password."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._show(request, SignInForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Check the password."""
        form = SignInForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, status=400)
        username, address = form.cleaned_data["username"], request.META.get("REMOTE_ADDR", "")
        if too_many_attempts(username, address):
            form.add_error(None, "There were too many wrong passwords. Wait a quarter of an hour.")
            return self._show(request, form, status=429)
        user = authenticate(request, username=username, password=form.cleaned_data["password"])
        if user is None:
            failed_attempt(username, address)
            form.add_error(None, "There is no such user name with this password.")
            return self._show(request, form, status=400)
        login(request, user)
        return HttpResponseRedirect(_next(request))

    def _show(self, request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
        return render(request, "designer/sign_in.html", context, status=status)


@never_cache
def sign_in_with_token(request: HttpRequest, token: str) -> HttpResponse:
    """The local owner's link, which opens the newest design.

    It works again and again: whoever starts the program owns it.
    """
    owner = owner_with_token(token) if settings.SIGN_IN_LINK else None
    if owner is None:
        told = {"title": "This sign-in link is not valid", "text": "Use the link that the server printed last."}
        return render(request, "designer/error.html", told, status=403)
    login(request, owner, backend=MODEL_BACKEND)
    newest = designs_of(owner).first()
    return redirect("/" if newest is None else f"/designs/{newest.pk}")


class SignOutView(View):
    """Signing out; by POST alone, so that no foreign page can do it."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """End the session, and the sockets that it opened."""
        user_id, session_key = request.user.pk, request.session.session_key
        logout(request)
        if user_id is not None and session_key is not None:
            publish(user_group(user_id), {"type": "session.ended", "session": token_hash(session_key)})
        return redirect("sign-in")


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class JoinView(View):
    """Following an invitation."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Ask who it is, or just whether a signed-in person wants to join."""
        return self._show(request, token, JoinForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Join."""
        invitation = invitation_find(token)
        if invitation is None:
            return self._show(request, token, JoinForm())
        if request.user.is_authenticated:
            user = request.user
        else:
            form = JoinForm(request.POST)
            created = self._create(form)
            if created is None:
                return self._show(request, token, form, status=400)
            user = created
        if invitation_accept(invitation=invitation, user=user) is None:
            return self._show(request, token, JoinForm())
        if not request.user.is_authenticated:
            login(request, user, backend=MODEL_BACKEND)
        return redirect("/")

    def _create(self, form: JoinForm) -> User | None:
        if not form.is_valid():
            return None
        given = form.cleaned_data
        try:
            return person_create(name=given["name"], username=given["username"], password=given["password"])
        except ValidationError as error:
            form.add_error(None, error)
            return None

    def _show(self, request: HttpRequest, token: str, form: JoinForm, status: int = 200) -> HttpResponse:
        invitation = invitation_find(token)
        if invitation is None:
            told = {"title": "This invitation is not valid any more", "text": "Ask for a new one."}
            return render(request, "designer/error.html", told, status=404)
        return render(request, "designer/join.html", {"form": form, "invitation": invitation}, status=status)


class ApplicationView(View):
    """The frontend's page, for every address that is nothing else; the frontend has its own router."""

    def get(self, request: HttpRequest, **_captured: str) -> HttpResponseBase:
        """The page, or the way to sign in."""
        if not request.user.is_authenticated:
            return redirect(f"{settings.LOGIN_URL}?next={request.path}" if request.path != "/" else settings.LOGIN_URL)
        page: Path = settings.FRONTEND / "index.html"
        if not page.is_file():
            return render(request, "designer/not_built.html", status=503)
        response = HttpResponse(page.read_bytes(), content_type="text/html; charset=utf-8")
        response["Cache-Control"] = "no-cache"
        return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form, or a call of the API, that did not come from a page of ours."""
    del reason
    return forbidden(request)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and safe else "/"
