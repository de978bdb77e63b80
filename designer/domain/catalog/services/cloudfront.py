"""Amazon CloudFront distribution with one cache behaviour per origin."""

from designer.domain.catalog.sources import CLOUDFRONT_QUOTAS, aws_docs, service_model, workload
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Section, Service

_GUIDE = "AmazonCloudFront/latest/DeveloperGuide/"
_EXPIRATION = aws_docs("Manage how long content stays in the cache", _GUIDE + "Expiration.html")
_ORIGIN = service_model("cloudfront", "CreateDistribution.Origin")
_OBJECTS = workload("what your callers ask for")

_CACHING = (
    Parameter(
        id="default_ttl_s",
        label="Cache lifetime",
        kind=Kind.INTEGER,
        default=86_400,
        unit="s",
        minimum=0,
        maximum=31_536_000,
        help="How long an answer is kept at the edge when the origin says nothing of its own. 0: each request asks the "
        "origin.",
        source=_EXPIRATION,
        cfn_property="CachePolicy.CachePolicyConfig.DefaultTTL",
        headline=True,
    ),
    Parameter(
        id="max_ttl_s",
        label="Longest cache lifetime",
        kind=Kind.INTEGER,
        default=31_536_000,
        unit="s",
        minimum=0,
        maximum=31_536_000,
        help="Cuts what the origin asks for in its cache headers.",
        source=_EXPIRATION,
        cfn_property="CachePolicy.CachePolicyConfig.MaxTTL",
    ),
    Parameter(
        id="compress",
        label="Compression",
        kind=Kind.BOOLEAN,
        default=True,
        help="Sends text smaller, by gzip or Brotli, to browsers that can read it.",
        source=aws_docs("Serve compressed files", _GUIDE + "ServingCompressedFiles.html"),
        cfn_property="DistributionConfig.DefaultCacheBehavior.Compress",
    ),
    Parameter(
        id="origin_shield",
        label="Origin Shield",
        kind=Kind.BOOLEAN,
        default=False,
        help="One more cache in front of the origin, so that misses of all edge locations meet once.",
        source=aws_docs("Use Amazon CloudFront Origin Shield", _GUIDE + "origin-shield.html"),
        cfn_property="DistributionConfig.Origins.OriginShield.Enabled",
    ),
)

_ORIGINS = (
    Parameter(
        id="origin_timeout_s",
        label="Origin timeout",
        kind=Kind.INTEGER,
        default=30,
        unit="s",
        minimum=1,
        maximum=120,
        help="How long the edge waits for the origin's answer.",
        source=CLOUDFRONT_QUOTAS,
        adjustable=True,
        beyond="The caller gets 504; the work behind goes on.",
        cfn_property="DistributionConfig.Origins.CustomOriginConfig.OriginReadTimeout",
    ),
    Parameter(
        id="connection_attempts",
        label="Connection attempts",
        kind=Kind.INTEGER,
        default=3,
        unit="attempts",
        minimum=1,
        maximum=3,
        help="How often the edge tries to reach the origin before it gives up or fails over.",
        source=_ORIGIN,
        beyond="The caller gets 502 or 504.",
        cfn_property="DistributionConfig.Origins.ConnectionAttempts",
    ),
    Parameter(
        id="connection_timeout_s",
        label="Connection timeout",
        kind=Kind.INTEGER,
        default=10,
        unit="s",
        minimum=1,
        maximum=10,
        help="How long one attempt to connect may take.",
        source=_ORIGIN,
        beyond="The next attempt begins, or the caller gets 504.",
        cfn_property="DistributionConfig.Origins.ConnectionTimeout",
    ),
)

_VIEWERS = (
    Parameter(
        id="viewer_protocol",
        label="Callers may use",
        kind=Kind.CHOICE,
        default="redirect-to-https",
        choices=(
            Choice("redirect-to-https", "HTTPS, HTTP is redirected"),
            Choice("https-only", "HTTPS only"),
            Choice("allow-all", "HTTP and HTTPS"),
        ),
        help="What happens to requests without TLS.",
        source=service_model("cloudfront", "CreateDistribution.ViewerProtocolPolicy"),
        cfn_property="DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy",
    ),
    Parameter(
        id="allowed_methods",
        label="Methods",
        kind=Kind.CHOICE,
        default="all",
        choices=(
            Choice("read", "GET and HEAD"),
            Choice("options", "GET, HEAD and OPTIONS"),
            Choice("all", "All, also PUT, POST, PATCH and DELETE"),
        ),
        help="Which requests are passed on. Only answers to GET, HEAD and, if wanted, OPTIONS are kept.",
        source=service_model("cloudfront", "CreateDistribution.AllowedMethods"),
        cfn_property="DistributionConfig.DefaultCacheBehavior.AllowedMethods",
    ),
    Parameter(
        id="http_version",
        label="HTTP versions",
        kind=Kind.CHOICE,
        default="http2",
        choices=(
            Choice("http1.1", "HTTP/1.1"),
            Choice("http2", "up to HTTP/2"),
            Choice("http3", "HTTP/1.1 and HTTP/3"),
            Choice("http2and3", "up to HTTP/3"),
        ),
        help="What browsers may speak with the edge.",
        source=service_model("cloudfront", "CreateDistribution.HttpVersion"),
        cfn_property="DistributionConfig.HttpVersion",
    ),
    Parameter(
        id="price_class",
        label="Edge locations",
        kind=Kind.CHOICE,
        default="PriceClass_All",
        choices=(
            Choice("PriceClass_All", "All"),
            Choice("PriceClass_200", "All but the most expensive"),
            Choice("PriceClass_100", "North America, Europe and Israel"),
        ),
        help="Where answers are kept. Fewer places cost less and are farther from some callers.",
        source=aws_docs("Price class", _GUIDE + "PriceClass.html"),
        cfn_property="DistributionConfig.PriceClass",
    ),
    Parameter(
        id="custom_domain",
        label="Domain of your own",
        kind=Kind.BOOLEAN,
        default=False,
        help="Answers under a name of yours. Its certificate has to be in us-east-1, wherever the origin is.",
        source=aws_docs("Requirements for certificates", _GUIDE + "cnames-and-https-requirements.html"),
        cfn_property="DistributionConfig.Aliases",
    ),
    Parameter(
        id="access_logging",
        label="Access log",
        kind=Kind.BOOLEAN,
        default=False,
        help="Writes one line per request to a bucket.",
        source=aws_docs("Access logs (standard logs)", _GUIDE + "AccessLogs.html"),
        cfn_property="DistributionConfig.Logging.Bucket",
    ),
)

_WORKLOAD = (
    Parameter(
        id="cache_keys",
        label="Different answers",
        kind=Kind.INTEGER,
        default=1_000,
        unit="answers",
        minimum=1,
        maximum=10_000_000,
        help="How many different addresses, with what the cache key takes of them, callers ask for.",
        source=_OBJECTS,
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="key_skew",
        label="Popularity (Zipf exponent)",
        kind=Kind.NUMBER,
        default=1,
        minimum=0,
        maximum=3,
        help="How unevenly requests spread over the answers. 0: all alike; 1: the second half as often as the first, "
        "the third a third as often.",
        source=_OBJECTS,
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="cacheable_percent",
        label="Cacheable requests",
        kind=Kind.NUMBER,
        default=90,
        unit="%",
        minimum=0,
        maximum=100,
        help="Share of the requests whose answers may be kept; the rest, such as POST, always goes to the origin.",
        source=_OBJECTS,
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="response_kb",
        label="Response size",
        kind=Kind.NUMBER,
        default=50,
        unit="KB",
        minimum=0,
        maximum=1_000_000,
        help="Size of a typical answer. Traffic out to the internet is billed by it.",
        source=_OBJECTS,
        section=Section.WORKLOAD,
    ),
)

SERVICE = Service(
    id="cloudfront",
    name="CloudFront distribution",
    label="distribution",
    category=Category.IDENTITY,
    summary="Answers from a cache near the caller and asks an origin (a bucket, an API, a load balancer, a function "
    "URL) for what it does not have.",
    icon="architecture-service/AmazonCloudFront",
    source=aws_docs("What is Amazon CloudFront?", _GUIDE + "Introduction.html"),
    parameters=(*_CACHING, *_ORIGINS, *_VIEWERS, *_WORKLOAD),
    limits=(
        Limit(
            "request_rate",
            "Requests per distribution",
            250_000,
            "/s",
            "Further requests are refused with 429 or 503.",
            CLOUDFRONT_QUOTAS,
            adjustable=True,
        ),
        Limit(
            "data_rate",
            "Data per distribution",
            150,
            "Gbit/s",
            "Traffic is slowed down.",
            CLOUDFRONT_QUOTAS,
            adjustable=True,
        ),
        Limit("viewer_function", "Lambda@Edge at the caller's side", 5, "s", "The caller gets 503.", CLOUDFRONT_QUOTAS),
        Limit(
            "origin_function", "Lambda@Edge at the origin's side", 30, "s", "The caller gets 503.", CLOUDFRONT_QUOTAS
        ),
    ),
    prices=(
        PriceRef("cloudfront.requests", "HTTPS requests"),
        PriceRef("cloudfront.data_out", "Traffic out to the internet"),
        PriceRef("cloudfront.data_to_origin", "Bodies passed on to the origin"),
    ),
    model=Modelled(
        modelled=(
            "A cache with time to live and popularity of its answers, as one cache for the whole world.",
            "One origin per miss, chosen by the weights of the outgoing arrows, under the origin timeout.",
            "A web ACL in front, and the request rate of the distribution.",
            "Lambda@Edge with each request or with each miss, as long as it may take there.",
        ),
        estimated=("Time of an answer from the edge.",),
        not_modelled=(
            "Caches apart in each edge location, and Origin Shield.",
            "Connection attempts and origin groups; the own price of Lambda@Edge.",
        ),
    ),
    cfn_types=("AWS::CloudFront::Distribution",),
    keywords=("cdn", "cache", "edge", "distribution", "static", "website", "origin"),
    entry_point=True,
)
