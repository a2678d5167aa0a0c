import { AssetLink } from "~/shared/asset/AssetLink";
import { saidName } from "~/shared/asset/naming";
import { count, number, percent } from "~/shared/format/number";
import type { ReviewItemFragment } from "~/shared/graphql/generated/operations";
import { MarkChip } from "~/shared/review/MarkChip";
import { Button } from "~/shared/ui/Button";
import { Segments } from "~/shared/ui/Chip";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Select } from "~/shared/ui/Field";
import { Breaking } from "~/shared/ui/Name";
import { useRows } from "~/shared/ui/rows";
import { Empty } from "~/shared/ui/states";
import { Time } from "~/shared/ui/Time";
import { levelChoices, stateChoices, usualState, type PrivacyAddress } from "./address";
import { because } from "./model";

type Finding = ReviewItemFragment;

interface Props {
  findings: Finding[];
  total: number;
  address: PrivacyAddress;
  chosen?: string;
  mayDecide: boolean;
  onChange: (change: Partial<PrivacyAddress>) => void;
  onConfirm: (finding: Finding) => void;
  onMore?: () => void;
  loadingMore: boolean;
}

/** The findings, to be answered one by one: j and k walk, the evidence stands at the right. */
export function Review({ findings, total, address, chosen, mayDecide, onChange, onConfirm, onMore, loadingMore }: Props) {
  const choose = (finding: Finding | undefined) => finding && onChange({ row: finding.id });
  useRows({ size: findings.length, at: findings.findIndex((each) => each.id === chosen), onChoose: (row) => choose(findings[row]) });
  return (
    <div className="stack">
      <div className="row apart">
        <Segments label="Which findings" options={stateChoices} chosen={address.state ?? usualState} onChoose={(state) => onChange({ state: state === usualState ? undefined : state, row: undefined })} />
        <Select label="Level" hidden value={address.level ?? ""} onChange={(level) => onChange({ level: level || undefined, row: undefined })} options={levelChoices} />
      </div>
      {findings.length === 0 ? (
        <Nothing address={address} onChange={onChange} />
      ) : (
        <DataTable
          label="Findings"
          columns={looks(mayDecide, onConfirm, (finding) => choose(finding))}
          rows={findings}
          rowKey={(finding) => finding.id}
          chosen={chosen}
          onChoose={choose}
          foot={
            <>
              <span role="status">
                {number(findings.length)} of {count(total, "finding")}
              </span>
              {onMore && (
                <button type="button" className="link" onClick={onMore} disabled={loadingMore}>
                  {loadingMore ? "Loading more" : "Show 50 more"}
                </button>
              )}
            </>
          }
        />
      )}
    </div>
  );
}

function Nothing({ address, onChange }: { address: PrivacyAddress; onChange: (change: Partial<PrivacyAddress>) => void }) {
  const waiting = (address.state ?? usualState) === usualState;
  return (
    <Empty head={waiting ? "No finding waits for an answer" : "No finding stands like this"} actions={address.level && <Button onClick={() => onChange({ level: undefined })}>Show every level</Button>}>
      {waiting ? "New ones come with the next crawl, when a column is new or its values changed." : "Choose another state or level."}
    </Empty>
  );
}

function looks(mayDecide: boolean, onConfirm: (finding: Finding) => void, onChoose: (finding: Finding) => void): Column<Finding>[] {
  return [
    {
      id: "column",
      head: "Column",
      cell: (finding) => (
        <>
          <button type="button" className="link step-link" onClick={() => onChoose(finding)}>
            <Breaking text={finding.column} />
          </button>
          <span className="sub">
            <AssetLink asset={finding.asset} col={finding.column} tab="columns" />
          </span>
        </>
      ),
    },
    { id: "class", head: "Looks like", label: "Looks like", cell: ({ mark }) => (mark.state === "rejected" ? <span className="muted">not {mark.label}</span> : <MarkChip mark={mark} />) },
    { id: "why", head: "Why", className: "review-why", cell: (finding) => <Why finding={finding} /> },
    { id: "at", head: "Looked", label: "Looked", className: "nowrap", cell: ({ at }) => Date.parse(at) > 0 && <Time at={at} /> },
    { id: "act", head: <span className="vh">Answer</span>, className: "review-act", cell: (finding) => mayDecide && !finding.decision && finding.mark.state === "suggested" && <Confirm finding={finding} onConfirm={onConfirm} /> },
  ];
}

function Why({ finding }: { finding: Finding }) {
  const { decision, mark } = finding;
  if (decision) return `${decision.by} said so: ${decision.reason}`;
  return (
    <>
      {because(finding) || `${mark.origin} by what it comes from`} <span className="muted">{percent(mark.score, 0)} sure</span>
    </>
  );
}

function Confirm({ finding, onConfirm }: { finding: Finding; onConfirm: (finding: Finding) => void }) {
  return (
    <Button
      small
      aria-label={`Confirm ${finding.column} of ${saidName(finding.asset)} as ${finding.mark.label}`}
      onClick={(event) => {
        event.stopPropagation();
        onConfirm(finding);
      }}
    >
      Confirm
    </Button>
  );
}
