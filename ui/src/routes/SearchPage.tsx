import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { request } from "~/features/results/address";
import type { Hit } from "~/features/results/model";
import { noteOpened, searchQuery } from "~/features/results/queries";
import { Results } from "~/features/results/Results";
import { SearchTools } from "~/features/results/SearchTools";
import { useSaved } from "~/features/results/useSaved";
import { saidName } from "~/shared/asset/naming";
import { toggled } from "~/shared/format/address";
import type { FacetKey } from "~/shared/search/facets";
import { useKeys } from "~/shared/keys/useKeys";
import { Await } from "~/shared/ui/Await";
import { copyText } from "~/shared/ui/CopyButton";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { useRows } from "~/shared/ui/rows";

const route = getRouteApi("/search");

export function SearchPage() {
  const address = route.useSearch();
  const navigate = useNavigate({ from: "/search" });
  const asked = request(address);
  const query = useQuery(searchQuery(asked));
  const saved = useSaved(asked);
  const hits = query.data?.search.hits ?? [];
  const at = Math.max(0, hits.findIndex((hit) => hit.asset.id === address.hit));
  const chosen = hits[at];

  const choose = (hit: Hit | undefined) => {
    void navigate({ search: (before) => ({ ...before, hit: hit?.asset.id }), replace: true, resetScroll: false });
    if (hit) document.querySelector(`[data-hit="${CSS.escape(hit.asset.id)}"]`)?.scrollIntoView({ block: "nearest" });
  };
  const opened = (hit: Hit) => noteOpened(asked.query, hit.asset.id, hit.rank);
  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    opened(hit);
    void navigate({ to: "/asset/$urn", params: { urn: hit.asset.id } });
  };
  useRows({ size: hits.length, at, onChoose: (row) => choose(hits[row]), onOpen: (row) => open(hits[row]) });
  const [explained, setExplained] = useState(false);
  useKeys([
    { keys: "e", does: "Why here", run: () => setExplained(true) },
    { keys: "o", does: "Open the row in a new tab", run: () => chosen && window.open(`/asset/${encodeURIComponent(chosen.asset.id)}`, "_blank", "noopener") },
    { keys: "y", does: "Copy full name", run: () => chosen && void copyText(chosen.asset.name, saidName(chosen.asset)) },
  ]);

  if (!query.data) {
    return (
      <Page title={address.q ?? "Everything"}>
        <PageHead title={address.q ? `Results for “${address.q}”` : "Everything"} />
        <Await query={query} what="the results" rows={8}>
          {() => null}
        </Await>
      </Page>
    );
  }
  return (
    <Results
      answer={query.data.search}
      address={address}
      chosen={chosen}
      stale={query.isPlaceholderData}
      onToggle={(key: FacetKey, value) => void navigate({ search: (before) => ({ ...before, [key]: toggled(before[key], value), page: undefined, hit: undefined }) })}
      onChoose={choose}
      explained={explained}
      onExplain={(hit) => {
        choose(hit);
        setExplained(true);
      }}
      onExplained={() => setExplained(false)}
      sort={asked.sort}
      onOpened={opened}
      tools={
        <SearchTools
          address={address}
          sort={asked.sort}
          onSort={(sort) => void navigate({ search: (before) => ({ ...before, sort, page: undefined, hit: undefined }) })}
          kept={saved.kept}
          onSave={saved.save}
          onForget={saved.forget}
          busy={saved.busy}
        />
      }
      onMore={() => void navigate({ search: (before) => ({ ...before, page: String((Number(before.page) || 1) + 1) }), replace: true, resetScroll: false })}
    />
  );
}
