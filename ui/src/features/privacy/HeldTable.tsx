import { useState } from "react";
import { number } from "~/shared/format/number";
import { levelOf } from "~/shared/review/marks";
import { Segments } from "~/shared/ui/Chip";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { PersonalChip, type Level } from "~/shared/ui/PersonalChip";
import { byLevel, examples, type Held, type HeldLevel } from "./model";

/** What is held, by level or by class: tagged and suggested columns, as bars and in numbers. */
export function HeldTable({ held, onLevel }: { held: Held[]; onLevel: (level: Level) => void }) {
  const [by, setBy] = useState("level");
  const rows = byLevel(held);
  const classes = [...held].sort((a, b) => b.tagged + b.suggested - (a.tagged + a.suggested));
  const most = Math.max(1, ...(by === "level" ? rows : classes).map((each) => each.tagged + each.suggested));
  return (
    <div className="stack">
      <div className="row apart">
        <p className="held-legend small soft">
          <span>
            <i className="held-tagged" aria-hidden="true" /> tagged
          </span>
          <span>
            <i className="held-suggested" aria-hidden="true" /> suggested, no answer yet
          </span>
        </p>
        <Segments
          label="Held by"
          options={[
            ["level", "By level"],
            ["class", "By class"],
          ]}
          chosen={by}
          onChoose={setBy}
        />
      </div>
      {by === "level" ? (
        <DataTable label="What is held, by level" columns={levelColumns(most, onLevel)} rows={rows} rowKey={(row) => row.level} />
      ) : (
        <DataTable label="What is held, by class" columns={classColumns(most)} rows={classes} rowKey={(row) => row.class} />
      )}
    </div>
  );
}

function Bar({ tagged, suggested, most }: { tagged: number; suggested: number; most: number }) {
  if (tagged + suggested === 0) return null;
  return (
    <span className="held-bar" aria-hidden="true" style={{ width: `${((tagged + suggested) / most) * 100}%` }}>
      {tagged > 0 && <i className="held-tagged" style={{ flexGrow: tagged }} />}
      {suggested > 0 && <i className="held-suggested" style={{ flexGrow: suggested }} />}
    </span>
  );
}

function levelColumns(most: number, onLevel: (level: Level) => void): Column<HeldLevel>[] {
  return [
    {
      id: "level",
      head: "Level",
      cell: ({ level }) => (
        <button type="button" className="link level-link" onClick={() => onLevel(level)} aria-label={`Findings of level ${level}`}>
          <PersonalChip label={level} level={level} />
        </button>
      ),
    },
    { id: "examples", head: "For example", label: "For example", cell: examples },
    { id: "bar", head: "Columns", className: "held-cell", cell: ({ tagged, suggested }) => <Bar tagged={tagged} suggested={suggested} most={most} /> },
    { id: "tagged", head: "Tagged", label: "Tagged", number: true, cell: ({ tagged }) => number(tagged) },
    { id: "suggested", head: "Suggested", label: "Suggested", number: true, cell: ({ suggested }) => number(suggested) },
  ];
}

function classColumns(most: number): Column<Held>[] {
  return [
    { id: "class", head: "Class", cell: (each) => <PersonalChip label={each.label} level={levelOf(each)} />, sortBy: (each) => each.label },
    { id: "bar", head: "Columns", className: "held-cell", cell: ({ tagged, suggested }) => <Bar tagged={tagged} suggested={suggested} most={most} /> },
    { id: "tagged", head: "Tagged", label: "Tagged", number: true, cell: ({ tagged }) => number(tagged), sortBy: ({ tagged }) => tagged },
    { id: "suggested", head: "Suggested", label: "Suggested", number: true, cell: ({ suggested }) => number(suggested), sortBy: ({ suggested }) => suggested },
    { id: "tables", head: "Tables", label: "Tables", number: true, cell: ({ datasets }) => number(datasets), sortBy: ({ datasets }) => datasets },
  ];
}
