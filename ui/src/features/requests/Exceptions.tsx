import { count } from "~/shared/format/number";
import { Button } from "~/shared/ui/Button";
import { Breaking } from "~/shared/ui/Name";
import type { Request } from "./model";

type Exception = Request["verifications"][number]["exceptions"][number];

/** What a search did not look into, and who answers for it. */
export function Exceptions({ list, onAccept }: { list: Exception[]; onAccept?: () => void }) {
  if (list.length === 0) return null;
  const open = list.filter(({ acceptedBy }) => acceptedBy === "").length;
  return (
    <div className="stack">
      <p className="small">{count(list.length, "place")} not searched:</p>
      <ul className="small" aria-label="Not searched">
        {list.map(({ name, column, reason, detail, acceptedBy, acceptedBecause }) => (
          <li key={name + column + reason}>
            <Breaking text={column ? `${name}.${column}` : name} />: {reason}
            {detail && `, ${detail}`}
            {acceptedBy && <span className="soft">. Accepted by {acceptedBy}: {acceptedBecause}</span>}
          </li>
        ))}
      </ul>
      {onAccept && open > 0 && (
        <p>
          <Button onClick={onAccept}>Accept {count(open, "exception")}</Button>
        </p>
      )}
    </div>
  );
}
