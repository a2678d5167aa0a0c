import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Discover } from "~/features/discovery/Discover";
import { atMost, linesAsked, type DiscoverAddress } from "~/features/discovery/model";
import { MorningList } from "~/features/discovery/MorningList";
import { NotRead } from "~/features/discovery/NotRead";
import { morningQuery, unusedQuery, usedQuery } from "~/features/discovery/queries";
import { UseTable } from "~/features/discovery/UseTable";
import { Await } from "~/shared/ui/Await";

const route = getRouteApi("/discover");

export function DiscoverPage() {
  const address = route.useSearch();
  const navigate = useNavigate({ from: "/discover" });
  const change = (next: Partial<DiscoverAddress>) => void navigate({ search: (before) => ({ ...before, page: undefined, row: undefined, ...next }), replace: "row" in next || "page" in next, resetScroll: false });
  return (
    <Discover
      address={address}
      onShow={(show) => change({ show, day: undefined })}
      onZone={(zone) => change({ zone })}
      panels={{
        used: () => <Used address={address} change={change} which="mostUsed" />,
        rising: () => <Used address={address} change={change} which="rising" />,
        unused: () => <Unread address={address} change={change} />,
        morning: () => <Dear address={address} change={change} />,
      }}
    />
  );
}

interface Panel {
  address: DiscoverAddress;
  change: (next: Partial<DiscoverAddress>) => void;
}

/** Asks for one page more, while there is more and it may be shown. */
function more({ address, change }: Panel, total: number): (() => void) | undefined {
  const shown = linesAsked(address);
  return total > shown && shown < atMost ? () => change({ page: String((Number(address.page) || 1) + 1) }) : undefined;
}

function Used({ which, ...panel }: Panel & { which: "mostUsed" | "rising" }) {
  const query = useQuery(usedQuery(panel.address));
  return (
    <Await query={query} what="what is used">
      {({ discovery }) => <UseTable label={which === "rising" ? "Used more than before" : "Most used"} page={discovery[which]} rising={which === "rising"} onZone={(zone) => panel.change({ zone })} onMore={more(panel, discovery[which].total)} />}
    </Await>
  );
}

function Unread(panel: Panel) {
  const { address, change } = panel;
  const query = useQuery(unusedQuery(address));
  return (
    <Await query={query} what="what nobody reads">
      {({ discovery: { unused } }) => <NotRead page={unused} state={address.state ?? "unused"} onState={(state) => change({ state })} row={address.row} onRow={(row) => change({ row, page: address.page })} onMore={more(panel, unused.total)} />}
    </Await>
  );
}

function Dear({ address, change }: Panel) {
  const query = useQuery(morningQuery(address));
  return (
    <Await query={query} what="the morning list">
      {({ discovery }) => <MorningList morning={discovery.morning} onDay={(day) => change({ day })} />}
    </Await>
  );
}
