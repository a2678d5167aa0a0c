import { Link } from "@tanstack/react-router";
import { count, number } from "~/shared/format/number";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Unknown } from "~/shared/ui/Hatch";
import { Section } from "~/shared/ui/Section";
import { meaning, zones, type HomeData, type Zone } from "./model";

const columns: Column<Zone>[] = [
  {
    id: "zone",
    head: "Zone",
    cell: (zone) => (
      <>
        <Link to="/search" search={{ zone: zone.name }} className="bare zone-name">
          {zone.name || "no zone"}
        </Link>
        <span className="sub">{meaning(zone.name)}</span>
      </>
    ),
  },
  { id: "systems", head: "Systems", className: "zone-systems", cell: (zone) => <Systems zone={zone} /> },
  { id: "datasets", head: "Tables", label: "Tables", number: true, cell: (zone) => number(zone.datasets) },
  { id: "certified", head: "Certified", label: "Certified", number: true, cell: (zone) => number(zone.certified) },
  { id: "personal", head: "With personal data", label: "With personal data", number: true, cell: (zone) => <span className={zone.personal > 0 ? "person strong" : ""}>{number(zone.personal)}</span> },
  { id: "used", head: "Used, 30 days", label: "Used, 30 days", number: true, cell: (zone) => (zone.used === null ? <Unknown>no query log</Unknown> : number(zone.used)) },
];

/** All tables by zone and system; hatched where use is not known. */
export function Estate({ lines }: { lines: HomeData["zones"] }) {
  const rows = zones(lines);
  const all = rows.reduce((sum, zone) => sum + zone.datasets, 0);
  return (
    <Section head="The estate" caption={`${count(all, "table")} in ${count(rows.length, "zone")}. A bar shows how a zone is spread over systems; hatched: no query log is read.`}>
      <DataTable label="The estate by zone" columns={columns} rows={rows} rowKey={(zone) => zone.name} className="zones" />
    </Section>
  );
}

function Systems({ zone }: { zone: Zone }) {
  return (
    <div className="zone-bar">
      {zone.systems.map((system) => (
        <span key={system.platform} style={{ flexGrow: system.datasets }} className={system.used === null ? "zone-part hatched" : "zone-part"}>
          <b>{system.platform}</b>
          <i>{number(system.datasets)}</i>
        </span>
      ))}
    </div>
  );
}
