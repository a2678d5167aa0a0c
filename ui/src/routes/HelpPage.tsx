import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Help } from "~/features/help/Help";
import { manualQuery } from "~/features/help/queries";
import { Await } from "~/shared/ui/Await";

const route = getRouteApi("/help/$page");

export function HelpPage() {
  const { page } = route.useParams();
  return (
    <Await query={useQuery(manualQuery)} what="the manual">
      {({ manual }) => <Help pages={manual} chosen={page} />}
    </Await>
  );
}
