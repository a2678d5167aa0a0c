import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { count } from "~/shared/format/number";
import { sentence } from "~/shared/format/name";
import { day } from "~/shared/format/time";
import type { RequestLineFragment } from "~/shared/graphql/generated/operations";
import { Segments } from "~/shared/ui/Chip";
import { DataTable, type Column } from "~/shared/ui/DataTable";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { useRows } from "~/shared/ui/rows";
import { Empty, TooMany } from "~/shared/ui/states";
import { Tag } from "~/shared/ui/Seal";
import { Time } from "~/shared/ui/Time";
import { daysWords } from "./model";
import { isEnded, lawWord, requestName, spaced } from "./words";
import "./requests.css";

const most = 200;

interface Props {
  requests: RequestLineFragment[];
  show: "open" | "all";
  onShow: (show: string) => void;
  onOpen: (id: string) => void;
  /** The button that opens a new one, for those who may. */
  create: ReactNode;
}

/** All requests, those that must be answered first on top. */
export function RequestList({ requests, show, onShow, onOpen, create }: Props) {
  const [chosen] = useRows({ size: requests.length, onOpen: (row) => requests[row] && onOpen(requests[row].id) });
  const open = requests.filter((request) => !isEnded(request.state));
  const late = open.filter((request) => request.daysLeft < 0).length;
  return (
    <Page title="Requests">
      <PageHead title="Requests" marks={<p className="soft">{open.length === 0 ? "No request is open." : `${count(open.length, "request")} open${late > 0 ? `, ${late} late` : ""}, by days left.`}</p>} actions={create} />
      <div className="row requests-bar">
        <Segments
          label="Which requests"
          options={[
            ["open", "Open"],
            ["all", "All"],
          ]}
          chosen={show}
          onChoose={onShow}
        />
      </div>
      {requests.length === 0 ? (
        <Empty head={show === "open" ? "No request is open" : "No request was ever made here"}>A request names a person by an e-mail address or another key; Waymark then finds every copy, and two people decide.</Empty>
      ) : (
        <DataTable label="Requests" columns={columns} rows={requests} rowKey={(request) => request.id} chosen={requests[chosen]?.id} onChoose={(request) => onOpen(request.id)} rowTone={(request) => (!isEnded(request.state) && request.daysLeft < 0 ? "bad" : undefined)} />
      )}
      {requests.length >= most && <TooMany head={`The first ${most} are shown`}>Those with the fewest days left stand first; the command line lists all.</TooMany>}
    </Page>
  );
}

const columns: Column<RequestLineFragment>[] = [
  {
    id: "name",
    head: "Request",
    cell: (request) => (
      <>
        <Link to="/requests/$id" params={{ id: request.id }} className="bare strong">
          {requestName(request)}
        </Link>
        <span className="sub">
          {lawWord(request.law)}, opened by {request.createdBy}
        </span>
      </>
    ),
    sortBy: (request) => request.id,
  },
  { id: "subject", head: "Subject", label: "Subject", cell: ({ subject }) => <code className="request-subject">{subject.map(({ value }) => value).join(", ")}</code> },
  {
    id: "state",
    head: "State",
    label: "State",
    cell: ({ state, hold }) => (
      <span className="row tight">
        {spaced(state)} {hold && <Tag tone="late">on hold</Tag>}
      </span>
    ),
    sortBy: ({ state }) => state,
  },
  { id: "open", head: "Waits for", className: "request-waits", label: "Waits for", cell: ({ open }) => sentence(open[0] ?? "") },
  { id: "received", head: "Received", label: "Received", cell: ({ received }) => <Time at={received} say={day} />, sortBy: ({ received }) => received },
  {
    id: "left",
    head: "Days left",
    label: "Days left",
    number: true,
    cell: ({ state, daysLeft, due }) =>
      isEnded(state) ? (
        <span className="muted">ended</span>
      ) : (
        <span>
          <b className={daysLeft < 0 ? "bad" : daysLeft <= 7 ? "late" : ""}>{daysWords(daysLeft)}</b>
          <span className="sub">{day(due)}</span>
        </span>
      ),
    sortBy: ({ daysLeft }) => daysLeft,
  },
];
