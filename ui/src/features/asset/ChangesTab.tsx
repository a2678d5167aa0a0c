import type { AssetChangesQuery } from "~/shared/graphql/generated/operations";
import { AssetLink } from "~/shared/asset/AssetLink";
import { ColumnDiffs } from "~/shared/asset/ColumnDiffs";
import { count } from "~/shared/format/number";
import { Empty } from "~/shared/ui/states";
import { Timeline } from "~/shared/ui/Timeline";
import "./tabs.css";

type Changes = NonNullable<AssetChangesQuery["asset"]>;

/** What changed, newest first; columns that came, went or changed type as a diff. */
export function ChangesTab({ changes: { changes, said, upstreamBreaks } }: { changes: Changes }) {
  const authors = [...new Set(said.map((each) => each.author))];
  return (
    <div className="stack far">
      {upstreamBreaks.length > 0 && <Upstream breaks={upstreamBreaks} />}
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
                <ColumnDiffs columns={change.columns} of={change} />
              </>
            ),
          }))}
        />
      )}
      {authors.length > 0 && <p className="small muted">Who speaks about it: {authors.join(", ")}.</p>}
    </div>
  );
}

/** What broke upstream, and by which way it reaches this asset. */
function Upstream({ breaks }: { breaks: Changes["upstreamBreaks"] }) {
  return (
    <section aria-label="Breaking changes upstream" className="stack">
      <h3 className="q">Breaking changes upstream, in 30 days</h3>
      <Timeline
        happenings={breaks.map(({ change, asset, depth, path, columns }) => ({
          id: `${change.number} ${asset.id}`,
          at: change.at,
          tone: "bad",
          what: (
            <>
              <p>
                <AssetLink asset={asset} /> {change.text} <span className="muted">{change.by}</span>
              </p>
              <p className="small soft">
                {count(depth, "step")} up: {path.join(" → ")}
                {columns.length > 0 && `. It reaches ${columns.join(", ")} here.`}
              </p>
            </>
          ),
        }))}
      />
    </section>
  );
}
