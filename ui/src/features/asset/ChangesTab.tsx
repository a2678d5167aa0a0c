import type { AssetChangesQuery } from "~/shared/graphql/generated/operations";
import { Empty } from "~/shared/ui/states";
import { Timeline } from "~/shared/ui/Timeline";
import "./tabs.css";

type Changes = NonNullable<AssetChangesQuery["asset"]>;

/** What changed, newest first; columns that came, went or changed type as a diff. */
export function ChangesTab({ changes: { changes, said } }: { changes: Changes }) {
  const authors = [...new Set(said.map((each) => each.author))];
  return (
    <div className="stack far">
      {changes.length === 0 ? (
        <Empty head="No change is recorded">It is as it was first seen.</Empty>
      ) : (
        <Timeline
          happenings={changes.map((change) => ({
            id: String(change.number),
            at: change.at,
            tone: change.breaking ? "bad" : "plain",
            what: (
              <>
                <p>
                  {change.text} <span className="muted">{change.by}</span>
                </p>
                <Diff columns={change.columns} />
              </>
            ),
          }))}
        />
      )}
      {authors.length > 0 && <p className="small muted">Who speaks about it: {authors.join(", ")}.</p>}
    </div>
  );
}

function Diff({ columns }: { columns: Changes["changes"][number]["columns"] }) {
  if (columns.length === 0) return null;
  return (
    <div className="diff" tabIndex={0} role="region" aria-label="Columns that changed">
      {columns.map(({ column, was, is }) => (
        <div key={column}>
          {was && (
            <div className="diff-gone">
              <span className="diff-sign">−</span>
              {column} {was}
            </div>
          )}
          {is && (
            <div className="diff-new">
              <span className="diff-sign">+</span>
              {column} {is}
            </div>
          )}
        </div>
      ))}
    </div>
  );
}
