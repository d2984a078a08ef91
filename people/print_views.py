"""Customer cards: which ones, the sheets, and a new one for a card that was lost."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COORDINATION, RECORD
from people import actions
from people.card_forms import CardsForm, LostCardForm
from people.card_sheets import PER_PAGE, ToPrint, sheets
from people.views import household_of, page_about


@require_safe
@allow(RECORD)
def cards(request: StekRequest) -> HttpResponse:
    """Choose which cards; with a choice, the sheets to print."""
    today = timezone.localdate()
    form = CardsForm(request.GET if "keuze" in request.GET else None)
    if form.is_valid():
        households = form.chosen(request.membership, today=today)
        page = Paginator(households, PER_PAGE).get_page(request.GET.get("pagina"))
        if page.paginator.count:
            record_read("cards", on=None, by=request.user, stek_id=request.membership.stek_id)
            query = request.GET.copy()
            query.pop("pagina", None)
            found = {"page": page, "sheets": sheets(page), "query": query.urlencode()}
            return render(request, "people/card_sheets.html", found)
        form.add_error(None, _("Er zijn geen huishoudens om een kaart voor te drukken."))
    context = {"form": form, "choice": ToPrint.of(request.membership, today=today)}
    return render(request, "people/cards.html", context, status=422 if form.errors else 200)


@require_safe
@allow(RECORD)
def card(request: StekRequest, pk: int) -> HttpResponse:
    """One card, to print."""
    household = household_of(request, pk)
    return page_about(household, request, "people/card.html", {"sheets": sheets([household])})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def replace_card(request: StekRequest, pk: int) -> HttpResponse:
    """A card was lost: make a new one, and the old one stops working."""
    household = household_of(request, pk)
    form = LostCardForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.replace_card(household, lost=form.cleaned_data["lost"], by=request.user)
        messages.success(request, _("De oude kaart werkt niet meer. Dit is de nieuwe."))
        return redirect("people:card", pk=pk)
    status = 422 if form.errors else 200
    return page_about(household, request, "people/card_replace.html", {"form": form}, status=status)
