import { useEffect, useState } from "react";
import type { Parameter } from "@/state/catalog";
import type { Value } from "@/state/graph";
import { TextArea, TextInput } from "@/ui";
import { problemOf } from "./validate";

interface TextFieldProps {
  id: string;
  parameter: Parameter;
  own: Value;
  disabled: boolean;
  describedBy?: string | undefined;
  onProblem: (problem: string | null) => void;
  onChange: (value: Value) => void;
}

/** Text or JSON: kept when the field is left; JSON that cannot be read is not kept and says why. */
export function TextField({ id, parameter, own, disabled, describedBy, onProblem, onChange }: TextFieldProps) {
  const current = String(own ?? parameter.default ?? "");
  const [text, setText] = useState(current);
  useEffect(() => setText(current), [current]);
  const keep = () => {
    const value = text.trim() === "" ? null : text;
    const problem = problemOf(parameter, value);
    onProblem(problem);
    if (!problem && text !== current) onChange(value);
  };
  const common = {
    id,
    value: text,
    disabled,
    invalid: describedBy !== undefined,
    "aria-describedby": describedBy,
    placeholder: "Not set",
    onBlur: keep,
  };
  if (parameter.kind === "json") {
    return <TextArea mono rows={4} {...common} onChange={(event) => setText(event.target.value)} />;
  }
  return (
    <TextInput
      {...common}
      maxLength={10_000}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") keep();
      }}
    />
  );
}
