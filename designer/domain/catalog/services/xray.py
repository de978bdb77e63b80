"""AWS X-Ray: sampled traces of requests."""

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Category, Kind, Limit, Modelled, Parameter, PriceRef, Service

_SAMPLING = aws_docs("Configuring sampling rules", "xray/latest/devguide/xray-console-sampling.html")
_QUOTAS = aws_docs("AWS X-Ray endpoints and quotas", "general/latest/gr/xray.html")

SERVICE = Service(
    id="xray",
    name="X-Ray",
    label="traces",
    category=Category.OPERATIONS,
    summary="Keeps traces of a sample of the requests: which service took how long, and where errors began.",
    icon="architecture-service/AWSXRay",
    source=aws_docs("What is AWS X-Ray", "xray/latest/devguide/aws-xray.html"),
    parameters=(
        Parameter(
            id="reservoir_per_s",
            label="Always traced",
            kind=Kind.INTEGER,
            default=1,
            unit="/s",
            minimum=0,
            maximum=10_000,
            help="Requests per second that are traced in any case, before the rate applies.",
            source=_SAMPLING,
            cfn_property="SamplingRule.ReservoirSize",
        ),
        Parameter(
            id="fixed_rate",
            label="Share of the rest",
            kind=Kind.NUMBER,
            default=0.05,
            minimum=0,
            maximum=1,
            help="Share of the further requests that are traced: 0.05 is one in twenty. Only traced requests are "
            "billed.",
            source=_SAMPLING,
            cfn_property="SamplingRule.FixedRate",
            botocore="xray:SamplingRule.FixedRate",
            headline=True,
        ),
    ),
    limits=(
        Limit("segments", "Segments written in us-east-1", 2_600, "/s", "ThrottledException.", _QUOTAS),
        Limit("segment_kb", "Size of one segment", 64, "KB", "Rejected.", _QUOTAS),
        Limit("kept", "How long traces are kept", 30, "days", "Older traces are deleted.", _QUOTAS),
        Limit(
            "rule_name",
            "Length of a sampling rule's name",
            32,
            "characters",
            "Rejected.",
            service_model("xray", "SamplingRule"),
        ),
    ),
    prices=(PriceRef("xray.traces", "Traces recorded"),),
    model=Modelled(
        modelled=("The price of the sampled requests.",),
        estimated=("Sampling at the average rate of the run.",),
        not_modelled=("The quota of segments.", "Reading traces."),
    ),
    cfn_types=("AWS::XRay::SamplingRule", "AWS::XRay::Group"),
    keywords=("x-ray", "xray", "tracing", "trace", "latency", "monitoring", "observability"),
)
