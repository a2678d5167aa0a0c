import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { Asked } from "~/features/requests/Acts";
import type { Request } from "~/features/requests/model";
import { requestQuery, useAct } from "~/features/requests/queries";
import { RequestView } from "~/features/requests/RequestView";
import { meQuery } from "~/shared/me/queries";
import { Await } from "~/shared/ui/Await";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Empty } from "~/shared/ui/states";

const route = getRouteApi("/requests/$id");

export function RequestPage() {
  const { id } = route.useParams();
  const query = useQuery(requestQuery(id));
  if (query.data?.request) return <Loaded key={id} request={query.data.request} />;
  return (
    <Page title={`Request ${id}`}>
      <PageHead title={`Request ${id}`} />
      <Await query={query} what="this request" rows={10}>
        {() => <Empty head="No request that you may see has this number">{id}</Empty>}
      </Await>
    </Page>
  );
}

function Loaded({ request }: { request: Request }) {
  const me = useQuery(meQuery);
  const [asked, ask] = useState<Asked | null>(null);
  const act = useAct(request.id, () => ask(null));
  return <RequestView request={request} me={me.data?.me.display} running={act.isPending ? act.variables.act : undefined} asked={asked} onAsk={ask} run={(next) => act.mutate(next)} />;
}
