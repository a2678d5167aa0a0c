import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Help } from "~/features/help/Help";
import { manualQuery } from "~/features/help/queries";
import { Await } from "~/shared/ui/Await";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";

const route = getRouteApi("/help/$page");

export function HelpPage() {
  const { page } = route.useParams();
  const query = useQuery(manualQuery);
  if (query.data) return <Help pages={query.data.manual} chosen={page} />;
  return (
    <Page title="Help">
      <PageHead title="Help" />
      <Await query={query} what="the manual">
        {() => null}
      </Await>
    </Page>
  );
}
