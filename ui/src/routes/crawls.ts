import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { crawlsQuery } from "~/features/crawls/queries";
import { word } from "~/shared/format/address";
import { rootRoute } from "./root";

/** /crawls?run= */
export const crawlsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/crawls",
  validateSearch: (search: Record<string, unknown>): { run?: string } => ({ run: word(search, "run") }),
  loader: ({ context }) => void context.queryClient.prefetchQuery(crawlsQuery),
  component: lazyRouteComponent(() => import("./CrawlsPage"), "CrawlsPage"),
});
