import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { crawlsQuery } from "~/features/crawls/queries";
import { word } from "~/shared/format/address";
import { rootRoute } from "./root";

/** /crawls?run=&why= */
export const crawlsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/crawls",
  validateSearch: (search: Record<string, unknown>): { run?: string; why?: string } => ({ run: word(search, "run"), why: word(search, "why") }),
  loader: ({ context }) => void context.queryClient.prefetchQuery(crawlsQuery),
  component: lazyRouteComponent(() => import("./CrawlsPage"), "CrawlsPage"),
});
