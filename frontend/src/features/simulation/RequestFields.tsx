import type { Traffic } from "@/api/scenario";
import { Field, Switch } from "@/ui";
import { MixFields } from "./MixFields";
import { QuantityField } from "./QuantityField";

const USUAL_PAYLOAD_KB = 4;
const USUAL_KEYS = 1000;

export interface RequestFieldsProps {
  /** Unique in the page. */
  id: string;
  traffic: Traffic;
  disabled: boolean;
  onChange: (traffic: Traffic, merge: boolean) => void;
}

/** What the requests of an entry are like: where they go, how large they are, and what they are about. */
export function RequestFields(props: RequestFieldsProps) {
  const { id, traffic, disabled, onChange } = props;
  const { payload_kb, keys, zipf, ...rest } = traffic;
  const size = payload_kb === undefined ? {} : { payload_kb };
  const about = keys === undefined ? {} : { keys, zipf: zipf ?? 0 };
  return (
    <>
      <MixFields {...props} />
      <Field htmlFor={`${id}-size`} label="Own request size">
        <Switch
          id={`${id}-size`}
          checked={payload_kb !== undefined}
          disabled={disabled}
          onChange={(own) => onChange({ ...rest, ...about, ...(own && { payload_kb: USUAL_PAYLOAD_KB }) }, false)}
        />
      </Field>
      {payload_kb !== undefined && (
        <QuantityField
          label="Request size"
          unit="KB"
          hint="For the bill, and for what each service takes"
          value={payload_kb}
          range={[0, 5_000_000]}
          disabled={disabled}
          onChange={(value, merge) => onChange({ ...traffic, payload_kb: value }, merge)}
        />
      )}
      <Field htmlFor={`${id}-keys`} label="About different keys">
        <Switch
          id={`${id}-keys`}
          checked={keys !== undefined}
          disabled={disabled}
          onChange={(own) => onChange({ ...rest, ...size, ...(own && { keys: USUAL_KEYS, zipf: 1 }) }, false)}
        />
      </Field>
      {keys !== undefined && (
        <>
          <QuantityField
            label="Keys"
            hint="Customers, items and the like"
            value={keys}
            range={[1, 1_000_000_000]}
            whole
            disabled={disabled}
            onChange={(value, merge) => onChange({ ...traffic, keys: value }, merge)}
          />
          <QuantityField
            label="Zipf exponent"
            hint="0: all keys alike. 1: few keys get most requests."
            value={zipf ?? 0}
            range={[0, 10]}
            disabled={disabled}
            onChange={(value, merge) => onChange({ ...traffic, zipf: value }, merge)}
          />
        </>
      )}
    </>
  );
}
