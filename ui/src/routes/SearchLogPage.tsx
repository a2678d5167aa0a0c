import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { proposalKey } from "~/features/searchlog/model";
import { reportQuery, useAddSynonym } from "~/features/searchlog/queries";
import { SearchLog } from "~/features/searchlog/SearchLog";
import { useMay } from "~/shared/me/queries";
import { Await } from "~/shared/ui/Await";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";

const route = getRouteApi("/searches");

export function SearchLogPage() {
  const { show = "none" } = route.useSearch();
  const navigate = useNavigate({ from: "/searches" });
  const query = useQuery(reportQuery);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const add = useAddSynonym();
  const mayEdit = useMay("edit");
  if (!query.data) {
    return (
      <Page title="What people search for">
        <PageHead title="What people search for" />
        <Await query={query} what="the search log">
          {() => null}
        </Await>
      </Page>
    );
  }
  return (
    <SearchLog
      report={query.data.searchReport}
      show={show}
      onShow={(next) => void navigate({ search: { show: next }, resetScroll: false })}
      taken={taken}
      onTake={mayEdit ? (proposal) => add.mutate(proposal, { onSuccess: () => setTaken((before) => new Set([...before, proposalKey(proposal)])) }) : undefined}
    />
  );
}
