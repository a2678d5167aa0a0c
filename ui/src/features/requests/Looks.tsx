import { number } from "~/shared/format/number";
import { clock, day } from "~/shared/format/time";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Icon } from "~/shared/ui/Icon";
import { Breaking } from "~/shared/ui/Name";
import { Time } from "~/shared/ui/Time";
import type { Request } from "./model";

type Look = Request["verifications"][number];

const forms = ["raw", "folded", "hashed", "json", "substring"];
const ordinals = ["First", "Second", "Third", "Fourth", "Fifth"];

/** The looks for what might be left, by the form in which a value can hide. */
export function Looks({ request }: { request: Request }) {
  const { verifications } = request;
  const rows: { name: string; look?: Look }[] = verifications.map((look, index) => ({ name: ordinals[index] ?? `Look ${index + 1}`, look }));
  if (rows.length === 0) rows.push({ name: "First" });
  const residuals = verifications.at(-1)?.residuals ?? [];
  return (
    <div className="stack">
      <DataTable label="Verification by form" columns={columns} rows={rows} rowKey={(row) => row.name} />
      {residuals.length > 0 && (
        <ul className="small bad">
          {residuals.map(({ name, column, rows: many, form }) => (
            <li key={name + column + form}>
              <Breaking text={`${name}.${column}`} /> still holds {number(many)}, {form}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const fates: Record<string, string> = { verified: "clean", verified_except: "nothing found, not everything searched" };

const columns: Column<{ name: string; look?: Look }>[] = [
  { id: "look", head: "Look", cell: ({ name }) => name },
  ...forms.map((form): Column<{ name: string; look?: Look }> => ({ id: form, head: form, label: form, number: true, cell: ({ look }) => <Found look={look} form={form} /> })),
  { id: "columns", head: "Columns", label: "Columns", number: true, cell: ({ look }) => (look ? number(look.columns) : <span className="muted">not yet</span>) },
  {
    id: "when",
    head: "When",
    label: "When",
    cell: ({ look }) =>
      look ? (
        <span className={look.state === "verified" ? "fate good" : "fate bad"}>
          <Icon name={look.state === "verified" ? "check" : "close"} />
          {fates[look.state] ?? "something is left"}, <Time at={look.at} say={(at) => `${day(at)} ${clock(at)}`} />
        </span>
      ) : (
        <span className="muted">after the outcomes</span>
      ),
  },
];

function Found({ look, form }: { look?: Look; form: string }) {
  if (!look) return <span className="muted">not yet</span>;
  const many = look.forms.find((each) => each.name === form)?.count ?? 0;
  return <span className={many > 0 ? "bad" : ""}>{number(many)}</span>;
}
