import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { NewRequest } from "~/features/requests/NewRequest";
import { requestsQuery } from "~/features/requests/queries";
import { RequestList } from "~/features/requests/RequestList";
import { may, meQuery } from "~/shared/me/queries";
import { Await } from "~/shared/ui/Await";
import { Button } from "~/shared/ui/Button";
import { Page } from "~/shared/ui/Page";
import { PageHead } from "~/shared/ui/PageHead";
import { Empty } from "~/shared/ui/states";

const route = getRouteApi("/requests");

export function RequestsPage() {
  const { show } = route.useSearch();
  const navigate = useNavigate({ from: "/requests" });
  const me = useQuery(meQuery);
  const [asked, ask] = useState(false);
  const requests = useQuery(requestsQuery(show !== "all"));
  const open = (id: string) => void navigate({ to: "/requests/$id", params: { id } });
  if (me.data && !may(me.data, "request.view")) return <NotShown demo={me.data.me.demo} />;
  if (!requests.data) {
    return (
      <Page title="Requests">
        <PageHead title="Requests" />
        <Await query={requests} what="the requests">
          {() => null}
        </Await>
      </Page>
    );
  }
  return (
    <>
      <RequestList
        requests={requests.data.requests}
        show={show === "all" ? "all" : "open"}
        onShow={(next) => void navigate({ search: { show: next === "all" ? "all" : undefined } })}
        onOpen={open}
        create={
          may(me.data, "request.open") && (
            <Button look="go" icon="plus" onClick={() => ask(true)}>
              Open a request
            </Button>
          )
        }
      />
      {asked && <NewRequest onClose={() => ask(false)} onOpened={open} />}
    </>
  );
}

function NotShown({ demo }: { demo: boolean }) {
  return (
    <Page title="Requests">
      <PageHead title="Requests" />
      <Empty head="Your roles do not show requests">
        {demo ? "In this sample company you may be somebody else: the menu under your name lists the case worker, the privacy officer and the approvers." : "The privacy officer, approvers, case workers and auditors see them."}
      </Empty>
    </Page>
  );
}
