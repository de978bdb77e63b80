"""What the stage of a REST API has and an HTTP API has not: cache, canary, API keys with usage plans."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import REST_LIMITS, aws_docs, service_model
from designer.domain.catalog.spec import Choice, Kind, Parameter, Shown

_GUIDE: Final = "apigateway/latest/developerguide/"
_CACHING: Final = aws_docs("API caching", _GUIDE + "api-gateway-caching.html")
_CANARY: Final = aws_docs("Canary release deployment", _GUIDE + "canary-release.html")
_PLANS: Final = aws_docs("Usage plans and API keys for REST APIs", _GUIDE + "api-gateway-api-usage-plans.html")
_CACHE_SIZES: Final = ("0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237")

CACHE_PARAMETERS: Final = (
    Parameter(
        id="cache_enabled",
        label="Cache",
        kind=Kind.BOOLEAN,
        default=False,
        help="Keeps answers to GET requests on the stage. Billed by the hour, even when idle.",
        source=_CACHING,
        cfn_property="Stage.CacheClusterEnabled",
    ),
    Parameter(
        id="cache_ttl_s",
        label="Cache lifetime",
        kind=Kind.INTEGER,
        default=300,
        unit="s",
        minimum=0,
        maximum=3_600,
        shown_when=Shown("cache_enabled"),
        help="How long an answer is kept. 0 switches caching off.",
        source=REST_LIMITS,
        cfn_property="Stage.MethodSettings.CacheTtlInSeconds",
    ),
    Parameter(
        id="cache_size_gb",
        label="Cache size",
        kind=Kind.CHOICE,
        default="0.5",
        unit="GB",
        choices=tuple(Choice(size, f"{size} GB") for size in _CACHE_SIZES),
        shown_when=Shown("cache_enabled"),
        help="Memory of the cache. When it is full, old answers make room.",
        source=service_model("apigateway", "CreateStage.cacheClusterSize"),
        cfn_property="Stage.CacheClusterSize",
    ),
    Parameter(
        id="cache_encrypted",
        label="Encrypted cache",
        kind=Kind.BOOLEAN,
        default=False,
        shown_when=Shown("cache_enabled"),
        help="Encrypts the cached answers.",
        source=service_model("apigateway", "MethodSetting.cacheDataEncrypted"),
        cfn_property="Stage.MethodSettings.CacheDataEncrypted",
    ),
    Parameter(
        id="cache_invalidation",
        label="Who may empty the cache",
        kind=Kind.CHOICE,
        default="authorized",
        choices=(
            Choice("authorized", "Callers with execute-api:InvalidateCache"),
            Choice("everybody", "Every caller, by a header"),
        ),
        shown_when=Shown("cache_enabled"),
        help="A request with Cache-Control: max-age=0 goes to the backend and renews the cached answer.",
        source=service_model("apigateway", "MethodSetting.requireAuthorizationForCacheControl"),
        cfn_property="Stage.MethodSettings.RequireAuthorizationForCacheControl",
    ),
)

CANARY_PARAMETERS: Final = (
    Parameter(
        id="canary_percent",
        label="Canary share",
        kind=Kind.NUMBER,
        default=0,
        unit="%",
        minimum=0,
        maximum=100,
        help="Share of the requests that a new deployment gets while it is tried out. Arrows say which deployment they "
        "belong to.",
        source=_CANARY,
        cfn_property="Stage.CanarySetting.PercentTraffic",
    ),
    Parameter(
        id="canary_stage_cache",
        label="Canary uses the stage's cache",
        kind=Kind.BOOLEAN,
        default=False,
        shown_when=Shown("canary_percent"),
        help="Off: the canary's answers are cached apart.",
        source=service_model("apigateway", "CanarySettings.useStageCache"),
        cfn_property="Stage.CanarySetting.UseStageCache",
    ),
)

USAGE_PLAN_PARAMETERS: Final = (
    Parameter(
        id="api_key_required",
        label="API key required",
        kind=Kind.BOOLEAN,
        default=False,
        help="Requests need a key in the header x-api-key. It tells callers apart for usage plans and is no proof of "
        "who they are.",
        source=_PLANS,
        beyond="The caller gets 403 Forbidden.",
        cfn_property="Method.ApiKeyRequired",
    ),
    Parameter(
        id="plan_rate_per_s",
        label="Usage plan: rate per key",
        kind=Kind.NUMBER,
        default=None,
        unit="/s",
        minimum=0,
        maximum=10_000,
        help="Requests per second of one API key in the long run. A target, not a hard limit.",
        source=_PLANS,
        beyond="The caller gets 429 Too Many Requests.",
        cfn_property="UsagePlan.Throttle.RateLimit",
    ),
    Parameter(
        id="plan_burst",
        label="Usage plan: burst per key",
        kind=Kind.INTEGER,
        default=None,
        unit="requests",
        minimum=0,
        maximum=5_000,
        help="Requests of one API key that may come at once.",
        source=_PLANS,
        beyond="The caller gets 429 Too Many Requests.",
        cfn_property="UsagePlan.Throttle.BurstLimit",
    ),
    Parameter(
        id="plan_quota",
        label="Usage plan: quota per key",
        kind=Kind.INTEGER,
        default=None,
        unit="requests",
        minimum=1,
        maximum=2_000_000_000,
        help="Requests of one API key in a day, week or month. Best effort: callers can exceed it.",
        source=_PLANS,
        beyond="The caller gets 429 Limit Exceeded until the period ends.",
        cfn_property="UsagePlan.Quota.Limit",
    ),
    Parameter(
        id="plan_period",
        label="Usage plan: period of the quota",
        kind=Kind.CHOICE,
        default="MONTH",
        choices=(Choice("DAY", "Day"), Choice("WEEK", "Week"), Choice("MONTH", "Month")),
        help="When the quota starts anew.",
        source=service_model("apigateway", "QuotaSettings.period"),
        cfn_property="UsagePlan.Quota.Period",
    ),
)
