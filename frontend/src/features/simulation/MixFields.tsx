import type { Traffic } from "@/api/scenario";
import { formatExact } from "@/format";
import { useCatalog } from "@/state/catalogStore";
import { useDesign } from "@/state/designStore";
import type { DesignEdge } from "@/state/graph";
import { Button } from "@/ui";
import { QuantityField } from "./QuantityField";
import styles from "./ScenarioTab.module.css";

const USUAL_SHARE = 1;

interface MixFieldsProps {
  traffic: Traffic;
  disabled: boolean;
  onChange: (traffic: Traffic, merge: boolean) => void;
}

/** How an entry's requests are spread over its connections: the connections' own shares until one is changed here. */
export function MixFields({ traffic, disabled, onChange }: MixFieldsProps) {
  const nodes = useDesign((state) => state.nodes);
  const edges = useDesign((state) => state.edges);
  const connections = useCatalog((state) => state.connections);
  const hasShare = ({ connection }: DesignEdge) =>
    connections.get(connection)?.parameters.some(({ id }) => id === "weight") ?? false;
  const leaving = [...edges.values()].filter((edge) => edge.source === traffic.entry && hasShare(edge));
  const shares = leaving.map((edge) => traffic.mix?.[edge.id] ?? ownShare(edge));
  const sum = shares.reduce((all, share) => all + share, 0);
  const { mix, ...withoutMix } = traffic;
  const begins = (id: string) => edges.get(id)?.source === traffic.entry;
  const isLost = Object.keys(mix ?? {}).some((id) => !begins(id));
  if (leaving.length < 2 && !isLost) return null;
  const changed = (id: string, share: number) =>
    Object.fromEntries([...Object.entries(mix ?? {}).filter(([other]) => begins(other)), [id, share]]);
  return (
    <>
      {leaving.map(({ id, target }, at) => (
        <QuantityField
          key={id}
          label={`Share to ${nodes.get(target)?.label ?? target}`}
          value={shares[at]}
          hint={sum > 0 ? `${percent(shares[at] ?? 0, sum)} of the requests` : ""}
          problem={sum > 0 ? undefined : "One share at least must be above 0."}
          range={[0, 1_000_000]}
          disabled={disabled}
          onChange={(weight, merge) => onChange({ ...traffic, mix: changed(id, weight) }, merge)}
        />
      ))}
      {isLost && (
        <p className={styles.problem}>
          One of the shares is of a connection that is no longer in the design. Change another, or take the connections’
          own.
        </p>
      )}
      <p className={styles.total}>
        <span>Shares add up to {formatExact(sum)}</span>
        {mix && (
          <Button variant="link" disabled={disabled} onClick={() => onChange(withoutMix, false)}>
            Use their own
          </Button>
        )}
      </p>
    </>
  );
}

const ownShare = ({ parameters: { weight } }: DesignEdge): number =>
  typeof weight === "number" ? weight : USUAL_SHARE;

/** With one decimal where the share is no whole percent. */
const percent = (share: number, sum: number): string => `${formatExact(Math.round((1000 * share) / sum) / 10)} %`;
