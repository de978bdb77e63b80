import { useEffect, useMemo, useState } from "react";
import { ApiError } from "@/api/client";
import { type Prices, pricesApi, type Quota, type Rate } from "@/api/prices";
import { formatAgo, formatCount, formatUnitPrice } from "@/format";
import { useSession } from "@/state/sessionStore";
import { showToast } from "@/state/toasts";
import { Button, Dialog, TextInput } from "@/ui";
import { type Draft, draftOf, hasPublishedEdges, readDraft, tierKey } from "./overrideDraft";
import styles from "./Prices.module.css";
import { tierText } from "./tierText";

interface PricesDialogProps {
  workspaceId: string;
  open: boolean;
  onClose: () => void;
}

/** The published prices and quotas of a workspace, with a field beside each for what one has agreed with AWS. */
export function PricesDialog({ workspaceId, open, onClose }: PricesDialogProps) {
  const [prices, setPrices] = useState<Prices | null>(null);
  const [draft, setDraft] = useState<Draft>({});
  const [failed, setFailed] = useState("");
  const [saving, setSaving] = useState(false);
  const isOwner = useSession((state) => state.workspaces.some((w) => w.id === workspaceId && w.role === "owner"));
  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    setFailed("");
    pricesApi.get(workspaceId, stop.signal).then(
      (read) => {
        setPrices(read);
        setDraft(draftOf(read));
      },
      () => stop.signal.aborted || setFailed("The prices could not be read. Close this and try again."),
    );
    return () => stop.abort();
  }, [workspaceId, open]);
  const read = useMemo(() => (prices ? readDraft(prices, draft) : null), [prices, draft]);
  const save = async () => {
    if (!read || !("overrides" in read)) return;
    setSaving(true);
    try {
      await pricesApi.save(workspaceId, read.overrides);
      showToast({ title: "Prices and quotas saved", text: "Runs started from now on count with them.", tone: "good" });
      onClose();
    } catch (error) {
      setFailed(error instanceof ApiError ? error.message : "The server cannot be reached. Try again.");
    } finally {
      setSaving(false);
    }
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Prices and quotas of this workspace"
      wide
      footer={
        <>
          <span className={styles.changed}>
            {prices?.changed_at &&
              `Changed ${formatAgo(prices.changed_at)} by ${prices.changed_by ?? "somebody who left"}`}
          </span>
          <Button onClick={onClose}>{isOwner ? "Cancel" : "Close"}</Button>
          {isOwner && (
            <Button variant="primary" disabled={saving || !read || !("overrides" in read)} onClick={() => void save()}>
              Save
            </Button>
          )}
        </>
      }
    >
      <p className={styles.intro}>
        Windtunnel counts with AWS's published figures. Where your account has better ones, write them here; runs keep
        the figures they were started with.
        {!isOwner && " Only an owner of the workspace can change them."}
      </p>
      {failed && (
        <p className={styles.problem} role="alert">
          {failed}
        </p>
      )}
      {prices ? (
        <Tables prices={prices} draft={draft} read={read} disabled={!isOwner} onChange={setDraft} />
      ) : (
        !failed && <p>Reading the prices…</p>
      )}
    </Dialog>
  );
}

interface TablesProps {
  prices: Prices;
  draft: Draft;
  read: ReturnType<typeof readDraft> | null;
  disabled: boolean;
  onChange: (draft: Draft) => void;
}

function Tables({ prices, draft, read, disabled, onChange }: TablesProps) {
  const [search, setSearch] = useState("");
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const rates = prices.rates.filter((rate) => matches(`${rate.service} ${rate.item}`));
  const quotas = prices.quotas.filter((quota) => matches(`${quota.service} ${quota.name}`));
  const field = (key: string, label: string, published: number) => (
    <TextInput
      numeric
      aria-label={`Your own ${label}`}
      placeholder={String(published)}
      value={draft[key] ?? ""}
      disabled={disabled}
      invalid={read !== null && "key" in read && read.key === key}
      onChange={(event) => onChange({ ...draft, [key]: event.target.value })}
    />
  );
  return (
    <>
      <TextInput
        type="search"
        aria-label="Search prices and quotas"
        placeholder="Search a service or an item"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {read && "problem" in read && (
        <p className={styles.problem} role="alert">
          {read.problem}
        </p>
      )}
      <div className={styles.scroll}>
        {rates.length > 0 && (
          <table className={styles.table}>
            <caption>Prices in {prices.region}, US dollars</caption>
            <Head />
            <tbody>
              {rates.flatMap((rate) =>
                rate.tiers.map((tier, at) => (
                  <tr key={tierKey(rate, at)}>
                    <th scope="row">{at === 0 ? `${rate.service}: ${rate.item}` : ""}</th>
                    <td>
                      {tierText(rate, at)}
                      {at === 0 && ownTiersText(prices, rate)}
                    </td>
                    <td className={styles.number} title={`${rate.published_by}, ${rate.as_of}`}>
                      {formatUnitPrice(tier.price_usd)}
                    </td>
                    <td className={styles.field}>
                      {field(tierKey(rate, at), `price of ${rate.service} ${rate.item}`, tier.price_usd)}
                    </td>
                  </tr>
                )),
              )}
            </tbody>
          </table>
        )}
        {quotas.length > 0 && (
          <table className={styles.table}>
            <caption>Quotas that AWS raises on request</caption>
            <Head />
            <tbody>
              {quotas.map((quota) => (
                <QuotaRow key={quota.id} quota={quota} field={field(quota.id, quota.name, quota.value)} />
              ))}
            </tbody>
          </table>
        )}
        {rates.length + quotas.length === 0 && <p>Nothing of that name.</p>}
      </div>
    </>
  );
}

/** Tiers with edges of their own have no fields: they are told, and stay until a price is typed. */
function ownTiersText(prices: Prices, rate: Rate): string {
  const own = prices.overrides.prices[rate.id];
  if (!own || hasPublishedEdges(rate, own)) return "";
  const tiers = own.map((tier, at) => `${formatUnitPrice(tier.price_usd)} ${tierText({ ...rate, tiers: own }, at)}`);
  return `. Yours has tiers of its own: ${tiers.join("; ")}`;
}

function Head() {
  return (
    <thead>
      <tr>
        <th scope="col">Item</th>
        <th scope="col">Unit</th>
        <th scope="col" className={styles.number}>
          AWS
        </th>
        <th scope="col" className={styles.number}>
          Yours
        </th>
      </tr>
    </thead>
  );
}

function QuotaRow({ quota, field }: { quota: Quota; field: React.ReactNode }) {
  return (
    <tr>
      <th scope="row">
        {quota.service}: {quota.name}
      </th>
      <td>{quota.unit}</td>
      <td className={styles.number} title={quota.published_by}>
        {formatCount(quota.value)}
      </td>
      <td className={styles.field}>{field}</td>
    </tr>
  );
}
