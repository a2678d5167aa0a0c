import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { reportQuery } from "~/features/searchlog/queries";
import { word } from "~/shared/format/address";
import { rootRoute } from "./root";

/** /searches?show= */
export const searchLogRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/searches",
  validateSearch: (search: Record<string, unknown>): { show?: string } => ({ show: word(search, "show") }),
  loader: ({ context }) => void context.queryClient.prefetchQuery(reportQuery),
  component: lazyRouteComponent(() => import("./SearchLogPage"), "SearchLogPage"),
});
