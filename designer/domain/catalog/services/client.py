"""A browser, app, device or partner system: where the traffic of a design begins."""

from designer.domain.catalog.sources import WINDTUNNEL, workload
from designer.domain.catalog.spec import Category, Choice, Kind, Modelled, Parameter, Section, Service

_TRAFFIC = workload("how your callers behave")

SERVICE = Service(
    id="client",
    name="Client",
    label="client",
    category=Category.SOURCES,
    summary="Browsers, apps, devices or other systems outside AWS that send requests. The traffic of a run begins "
    "here.",
    icon="",
    source=WINDTUNNEL,
    parameters=(
        Parameter(
            id="kind",
            label="Kind of caller",
            kind=Kind.CHOICE,
            default="app",
            choices=(
                Choice("browser", "Browser"),
                Choice("app", "Mobile or desktop app"),
                Choice("device", "Device"),
                Choice("cli", "Command line or script"),
                Choice("server", "Server of a partner"),
            ),
            help="Whatever is shipped to a browser, an app or a device can be read there, so that none of them can "
            "keep a secret. A browser also asks for CORS before it calls another site.",
            source=_TRAFFIC,
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="pattern",
            label="Traffic",
            kind=Kind.CHOICE,
            default="poisson",
            choices=(
                Choice("poisson", "Random (Poisson)"),
                Choice("constant", "Evenly spaced"),
                Choice("ramp", "Ramp to a peak"),
                Choice("spike", "Spike"),
            ),
            help="Shape of the request rate. Random arrivals fit many independent callers; evenly spaced ones fit a "
            "single device or a load generator.",
            source=_TRAFFIC,
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="rate_per_s",
            label="Rate",
            kind=Kind.NUMBER,
            default=50,
            unit="/s",
            minimum=0,
            maximum=1_000_000,
            help="Requests per second, on average. For a ramp the rate at the beginning, for a spike the rate around "
            "it.",
            source=_TRAFFIC,
            section=Section.WORKLOAD,
            headline=True,
        ),
        Parameter(
            id="peak_rate_per_s",
            label="Peak rate",
            kind=Kind.NUMBER,
            default=None,
            unit="/s",
            minimum=0,
            maximum=1_000_000,
            help="Requests per second at the end of a ramp or during a spike. Unset: ten times the rate.",
            source=_TRAFFIC,
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="spike_start_s",
            label="Spike begins at",
            kind=Kind.NUMBER,
            default=None,
            unit="s",
            minimum=0,
            maximum=86_400,
            help="Seconds into the run at which a spike begins. Unset: after a third of the run.",
            source=_TRAFFIC,
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="spike_duration_s",
            label="Spike lasts",
            kind=Kind.NUMBER,
            default=None,
            unit="s",
            minimum=0,
            maximum=86_400,
            help="Length of a spike in seconds. Unset: a tenth of the run.",
            source=_TRAFFIC,
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="payload_kb",
            label="Request size",
            kind=Kind.NUMBER,
            default=2,
            unit="KB",
            minimum=0,
            maximum=5_000_000,
            help="Size of one request's body. It is checked against the limit of everything it passes and decides how "
            "many billing chunks a message is.",
            source=_TRAFFIC,
            section=Section.WORKLOAD,
        ),
        Parameter(
            id="timeout_s",
            label="Gives up after",
            kind=Kind.NUMBER,
            default=30,
            unit="s",
            minimum=0.001,
            maximum=3_600,
            help="How long a caller waits for an answer before it counts the request as failed. The work behind the "
            "request goes on.",
            source=_TRAFFIC,
            section=Section.WORKLOAD,
        ),
    ),
    model=Modelled(
        modelled=(
            "Requests at the given rate and shape, split over the outgoing arrows by their weight.",
            "A caller that stops waiting after its timeout.",
        ),
        not_modelled=("Retries by the caller.", "The network between the caller and AWS."),
    ),
    keywords=("user", "browser", "app", "mobile", "device", "traffic", "load", "internet", "caller"),
    entry_point=True,
)
