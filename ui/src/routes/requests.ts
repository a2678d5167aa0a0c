import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { requestQuery, requestsQuery } from "~/features/requests/queries";
import { word } from "~/shared/format/address";
import { rootRoute } from "./root";

/** /requests?show= */
export const requestsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/requests",
  validateSearch: (search: Record<string, unknown>): { show?: string } => ({ show: word(search, "show") }),
  loaderDeps: ({ search: { show } }) => ({ show }),
  loader: ({ context, deps }) => void context.queryClient.prefetchQuery(requestsQuery(deps.show !== "all")),
  component: lazyRouteComponent(() => import("./RequestsPage"), "RequestsPage"),
});

/** /requests/ID */
export const requestRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/requests/$id",
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(requestQuery(params.id)),
  component: lazyRouteComponent(() => import("./RequestPage"), "RequestPage"),
});
