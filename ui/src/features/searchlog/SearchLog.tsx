import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { AssetLink } from "~/shared/asset/AssetLink";
import { count, number } from "~/shared/format/number";
import { Button } from "~/shared/ui/Button";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Empty } from "~/shared/ui/states";
import { Tabs } from "~/shared/ui/Tabs";
import { Time } from "~/shared/ui/Time";
import { listings, openProposal, type Line, type Proposal, type Report } from "./model";

interface Props {
  report: Report;
  show: string;
  onShow: (show: string) => void;
  /** The proposals that were taken on this page. */
  taken: ReadonlySet<string>;
  /** Missing for those who may not edit. */
  onTake?: (proposal: Proposal) => void;
}

/** What people looked for and did not find, with what would help. No person is named. */
export function SearchLog({ report, show, onShow, taken, onTake }: Props) {
  const items = listings(report).map(({ id, word, means, empty, lines }) => ({
    id,
    word,
    count: number(lines.length),
    panel: () => (
      <div className="stack">
        <p className="small soft">{means}</p>
        {lines.length === 0 ? <Empty head="None">{empty}</Empty> : <DataTable label={word} columns={looks(taken, onTake)} rows={lines} rowKey={({ words }) => words} />}
      </div>
    ),
  }));
  return (
    <Page title="What people search for">
      <PageHead
        title="What people search for"
        marks={
          <p className="soft">
            {count(report.searches, "search", "searches")} by {count(report.people, "person", "people")} in {count(report.days, "day")}; {count(report.opened, "result")} opened, {number(report.used)} of them used within a day.
          </p>
        }
      />
      <Tabs label="What people search for" items={items} chosen={show} onChoose={onShow} />
    </Page>
  );
}

function looks(taken: ReadonlySet<string>, onTake: Props["onTake"]): Column<Line>[] {
  return [
    {
      id: "words",
      head: "Words",
      cell: ({ words, then }) => (
        <>
          <Link to="/search" search={{ q: words }}>
            {words || "everything"}
          </Link>
          {then && <span className="sub">then “{then}”</span>}
        </>
      ),
      sortBy: ({ words }) => words,
    },
    { id: "searches", head: "Searches", label: "Searches", number: true, cell: ({ searches }) => number(searches), sortBy: ({ searches }) => searches },
    { id: "people", head: "People", label: "People", number: true, cell: ({ people }) => number(people), sortBy: ({ people }) => people },
    { id: "opened", head: "Opened", label: "Opened", number: true, cell: ({ opened }) => number(opened), sortBy: ({ opened }) => opened },
    { id: "used", head: "Used", label: "Used", number: true, cell: ({ used }) => number(used), sortBy: ({ used }) => used },
    { id: "last", head: "Last", label: "Last", cell: ({ last }) => <Time at={last} /> },
    { id: "about", head: "About", label: "About", cell: ({ asset }) => asset && <AssetLink asset={asset} className="" /> },
    { id: "help", head: "What would help", label: "What would help", cell: (line) => <Help proposal={openProposal(line, taken)} done={line.proposal !== null} onTake={onTake} /> },
  ];
}

function Help({ proposal, done, onTake }: { proposal?: Proposal; done: boolean; onTake: Props["onTake"] }): ReactNode {
  if (!proposal) return done ? <span className="good">added</span> : null;
  return (
    <span className="row tight">
      <span>{proposal.text}</span>
      {proposal.kind === "synonym" && onTake && (
        <Button small onClick={() => onTake(proposal)}>
          Add “{proposal.word}”
        </Button>
      )}
      {proposal.kind === "description" && <AssetLink asset={proposal.asset} className="" />}
    </span>
  );
}
