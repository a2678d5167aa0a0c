import { Segments } from "~/shared/ui/Chip";
import { Check, Select } from "~/shared/ui/Field";
import { Button, buttonClass } from "~/shared/ui/Button";
import { Popover } from "~/shared/ui/Popover";
import type { ReactNode } from "react";
import { modeOf, stepChoices, usualSteps, type LineageAddress } from "./address";
import { TimeTools } from "./TimeTools";
import { WayTools, type WayEnd } from "./WayTools";

interface Props {
  title: ReactNode;
  caption: ReactNode;
  address: LineageAddress;
  /** The columns to choose from; none while they are not known, or for what has none. */
  columns: string[];
  onChange: (change: Partial<LineageAddress>) => void;
  way: WayEnd;
}

const alsoWords = { indirect: "indirect steps: filter, join, group", stale: "stale steps: not seen for 90 days", refuted: "refuted steps: a person says they are wrong" };

/** What is traced, and how: tables or columns, which way, how far. */
export function Bar({ title, caption, address, columns, onChange, way }: Props) {
  const mode = modeOf(address);
  return (
    <div className="lineage-bar">
      <div className="lineage-words">
        <h1 className="h3">{title}</h1>
        <p className="small muted" role="status">
          {caption}
        </p>
      </div>
      <div className="row lineage-tools no-print">
        {columns.length > 0 && (
          <Select
            label="Column to trace"
            hidden
            value={address.col ?? ""}
            onChange={(col) => onChange({ col: col || undefined, mode: col ? undefined : address.mode, edge: undefined })}
            options={[["", "Every column"], ...columns.map((name): [string, string] => [name, name])]}
          />
        )}
        <Segments
          label="Detail"
          options={[
            ["tables", "Tables"],
            ["columns", "Columns"],
          ]}
          chosen={mode}
          onChoose={(next) => onChange({ mode: next, edge: undefined })}
        />
        {!address.to && <Reach address={address} onChange={onChange} />}
        <TimeTools address={address} onChange={onChange} />
        <WayTools end={way} />
        {address.open && (
          <Button small onClick={() => onChange({ open: undefined })}>
            Fold groups
          </Button>
        )}
        <a className={buttonClass()} href="#list">
          List
        </a>
      </div>
    </div>
  );
}

/** Which way, how far, and what else than the sure steps; a way to one asset has none of these. */
function Reach({ address, onChange }: Pick<Props, "address" | "onChange">) {
  const also: (keyof typeof alsoWords)[] = modeOf(address) === "columns" ? ["indirect", "stale", "refuted"] : ["stale", "refuted"];
  const steps = address.steps ?? usualSteps;
  const choices = stepChoices.some(([value]) => value === steps) ? stepChoices : [...stepChoices, [steps, `${steps} steps`] satisfies [string, string]];
  return (
    <>
      <Segments
        label="Direction"
        options={[
          ["up", "Up"],
          ["both", "Both"],
          ["down", "Down"],
        ]}
        chosen={address.dir ?? "both"}
        onChoose={(next) => onChange({ dir: next === "both" ? undefined : next })}
      />
      <Select label="How far" hidden value={steps} onChange={(next) => onChange({ steps: next === usualSteps ? undefined : next })} options={choices} />
      <Popover word="Also show" label="What else is shown" on={also.some((key) => address[key] === "yes")}>
        {() =>
          also.map((key) => (
            <Check key={key} checked={address[key] === "yes"} onChange={(on) => onChange({ [key]: on ? "yes" : undefined })}>
              {alsoWords[key]}
            </Check>
          ))
        }
      </Popover>
    </>
  );
}
