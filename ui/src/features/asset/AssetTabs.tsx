import { useQuery } from "@tanstack/react-query";
import { saidName } from "~/shared/asset/naming";
import { number } from "~/shared/format/number";
import { findingsQuery } from "~/shared/review/queries";
import { Await } from "~/shared/ui/Await";
import { Tabs, type TabItem } from "~/shared/ui/Tabs";
import { AssetList } from "./AssetList";
import { ChangesTab } from "./ChangesTab";
import { ColumnsTab } from "./ColumnsTab";
import { LineageTab } from "./LineageTab";
import { upAndDown, type Asset } from "./model";
import { QualityTab } from "./QualityTab";
import { QueriesTab } from "./QueriesTab";
import { changesQuery, columnsQuery, membersQuery, neighboursQuery, qualityQuery, statementsQuery, usageQuery } from "./queries";
import { UsageTab, usageCount } from "./UsageTab";

interface Props {
  asset: Asset;
  tab?: string;
  col?: string;
  onTab: (tab: string) => void;
  onColumn: (column: string) => void;
  mayDecide: boolean;
  mayEdit: boolean;
}

/** Everything about an asset, by its type: each tab loads when it is opened. */
export function AssetTabs({ asset, tab, col, onTab, onColumn, mayDecide, mayEdit }: Props) {
  const columns = useQuery({ ...columnsQuery(asset.id), enabled: asset.type === "dataset" });
  const many = columns.data?.asset?.columns.length;
  const all: Record<string, TabItem> = {
    columns: { id: "columns", word: "Columns", count: many === undefined ? undefined : number(many), panel: () => <Columns asset={asset} col={col} onColumn={onColumn} mayDecide={mayDecide} /> },
    canonical: { id: "canonical", word: "What answers it", count: number(asset.term?.canonical.length ?? 0), panel: () => <AssetList label="The assets that answer it" assets={asset.term?.canonical ?? []} none="No asset answers it yet." /> },
    parts: { id: "parts", word: asset.type === "dashboard" ? "Charts" : "Dashboards", count: number(asset.parts.length), panel: () => <AssetList label="Its parts" assets={asset.parts} none="None is known." /> },
    members: { id: "members", word: asset.type === "user" || asset.type === "group" ? "Answers for" : "Carried by", panel: () => <Members asset={asset} /> },
    lineage: { id: "lineage", word: "Lineage", count: upAndDown(asset), panel: () => <Lineage asset={asset} /> },
    queries: { id: "queries", word: "Queries", panel: () => <Queries asset={asset} /> },
    usage: { id: "usage", word: "Usage", count: usageCount(asset.usage, viewed(asset)), panel: () => <Usage asset={asset} /> },
    quality: { id: "quality", word: "Quality", panel: () => <Quality asset={asset} mayEdit={mayEdit} /> },
    changes: { id: "changes", word: "Changes", panel: () => <Changes asset={asset} /> },
  };
  const items = (byType[asset.type] ?? ["members", "changes"]).flatMap((id) => all[id] ?? []);
  return (
    <div id="tabs">
      <Tabs label={`About ${saidName(asset)}`} items={items} chosen={tab ?? ""} onChoose={onTab} />
    </div>
  );
}

const byType: Record<string, string[]> = {
  dataset: ["columns", "lineage", "queries", "usage", "quality", "changes"],
  dashboard: ["parts", "lineage", "usage", "changes"],
  chart: ["lineage", "parts", "usage", "changes"],
  job: ["lineage", "quality", "changes"],
  flow: ["parts", "lineage", "quality", "changes"],
  model: ["lineage", "usage", "changes"],
  topic: ["columns", "lineage", "changes"],
  term: ["canonical", "members", "changes"],
};

function viewed({ type }: Asset): boolean {
  return type === "dashboard" || type === "chart";
}

function Columns({ asset, col, onColumn, mayDecide }: { asset: Asset; col?: string; onColumn: (column: string) => void; mayDecide: boolean }) {
  const findings = useQuery(findingsQuery(asset.id));
  return (
    <Await query={useQuery(columnsQuery(asset.id))} what="the columns">
      {(data) => <ColumnsTab asset={asset} columns={data.asset?.columns ?? []} findings={findings.data?.findings.items ?? []} chosen={col} onChoose={onColumn} mayDecide={mayDecide} />}
    </Await>
  );
}

function Lineage({ asset }: { asset: Asset }) {
  return (
    <Await query={useQuery(neighboursQuery(asset.id))} what="its neighbours">
      {(data) => <LineageTab asset={asset} sql={data.asset?.sql ?? ""} upstream={data.asset?.upstream ?? []} downstream={data.asset?.downstream ?? []} />}
    </Await>
  );
}

function Queries({ asset }: { asset: Asset }) {
  return (
    <Await query={useQuery(statementsQuery(asset.id))} what="its statements">
      {(data) => data.asset && <QueriesTab statements={data.asset} />}
    </Await>
  );
}

function Usage({ asset }: { asset: Asset }) {
  return (
    <Await query={useQuery(usageQuery(asset.id))} what="its usage">
      {(data) => data.asset && <UsageTab usage={data.asset.usage} viewed={viewed(asset)} />}
    </Await>
  );
}

function Quality({ asset, mayEdit }: { asset: Asset; mayEdit: boolean }) {
  return (
    <Await query={useQuery(qualityQuery(asset.id))} what="its quality">
      {(data) => data.asset && <QualityTab quality={data.asset} mayEdit={mayEdit} />}
    </Await>
  );
}

function Changes({ asset }: { asset: Asset }) {
  return (
    <Await query={useQuery(changesQuery(asset.id))} what="its changes">
      {(data) => data.asset && <ChangesTab changes={data.asset} />}
    </Await>
  );
}

function Members({ asset }: { asset: Asset }) {
  return (
    <Await query={useQuery(membersQuery(asset.id))} what="what carries it">
      {(data) => <AssetList label="What carries it" assets={data.asset?.members ?? []} none="Nothing carries it yet." />}
    </Await>
  );
}
