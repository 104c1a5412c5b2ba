"""What those who pay see of a panel, and of their organisation."""

from django.urls import path

from stakeholders.views import finance, payments

_PANEL = "<slug:public_id>/payments/"
_PAYMENT = _PANEL + "<slug:payment_id>/"
_ORGANISATION = "<slug:organisation_id>/"

# Below panels/.
of_panel = [
    path(_PANEL, payments.panel_payments, name="panel-payments"),
    path(_PANEL + "offer/", payments.offer, name="offer-payments"),
    path(_PANEL + "cost-centre/", payments.cost_centre, name="cost-centre"),
    path(_PAYMENT, payments.panel_payment, name="panel-payment"),
    path(_PAYMENT + "approve/", payments.approve, name="approve-payment"),
    path(_PAYMENT + "refuse/", payments.refuse, name="refuse-payment"),
    path(_PAYMENT + "paid/", payments.mark_paid, name="mark-payment-paid"),
]

# Below payments/.
of_organisation = [
    path(_ORGANISATION + "rates/", finance.rates, name="rates"),
    path(_ORGANISATION + "export/", finance.export, name="payments-export"),
]
