"""Reading and changing a workspace's own prices and quotas. Runs keep those of the moment they were started."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final, TypedDict

from designer.domain.catalog.registry import services
from designer.server.services import person_name
from simulator.engine.overrides import overrides_from_json, overrides_to_json, raisable_limits
from simulator.engine.pricing.rates import price_list
from simulator.server.models import WorkspacePrices

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NOTHING: Final[dict[str, object]] = {"prices": {}, "quotas": {}}


class TierJson(TypedDict):
    """A price tier."""

    up_to: float | None
    price_usd: float


class RateJson(TypedDict):
    """A line of the published price list."""

    id: str
    service: str
    item: str
    unit: str
    tiers: list[TierJson]
    published_by: str
    url: str
    as_of: str


class QuotaJson(TypedDict):
    """A published limit that AWS raises on request."""

    id: str
    service: str
    name: str
    value: float
    unit: str
    published_by: str


class PricesJson(TypedDict):
    """The workspace's own prices and quotas beside the published ones."""

    overrides: dict[str, object]
    region: str
    rates: list[RateJson]
    quotas: list[QuotaJson]
    changed_at: str | None
    changed_by: str | None


def overrides_of(workspace_id: uuid.UUID) -> dict[str, object]:
    """The workspace's own prices and quotas as JSON values, for a run to freeze."""
    row = WorkspacePrices.objects.filter(workspace_id=workspace_id).first()
    return dict(NOTHING) if row is None else row.content


def prices_save(*, workspace_id: uuid.UUID, content: object, user: User) -> None:
    """Replace the workspace's own prices and quotas. Raises ``OverrideError`` naming the first bad entry."""
    checked = overrides_to_json(overrides_from_json(content))
    WorkspacePrices.objects.update_or_create(
        workspace_id=workspace_id, defaults={"content": checked, "changed_by": user}
    )


def prices_to_json(workspace_id: uuid.UUID) -> PricesJson:
    """Everything the page for prices and quotas shows."""
    row = WorkspacePrices.objects.select_related("changed_by").filter(workspace_id=workspace_id).first()
    author = None if row is None else row.changed_by
    return {
        "overrides": dict(NOTHING) if row is None else row.content,
        "region": price_list().region,
        "rates": [
            {
                "id": rate.id,
                "service": _service_name(rate.id),
                "item": rate.item,
                "unit": rate.unit,
                "tiers": [{"up_to": tier.up_to, "price_usd": tier.price_usd} for tier in rate.tiers],
                "published_by": rate.source,
                "url": rate.url,
                "as_of": rate.as_of,
            }
            for rate in price_list().rates.values()
        ],
        "quotas": [
            {
                "id": key,
                "service": _service_name(key),
                "name": limit.label,
                "value": limit.value,
                "unit": limit.unit,
                "published_by": limit.source.title,
            }
            for key, limit in raisable_limits().items()
        ],
        "changed_at": None if row is None else row.changed_at.isoformat(),
        "changed_by": None if author is None else person_name(author),
    }


def _service_name(key: str) -> str:
    service_id = key.split(".", maxsplit=1)[0]
    service = services().get(service_id)
    return service_id.replace("_", " ").capitalize() if service is None else service.name
